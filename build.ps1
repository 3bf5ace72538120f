<#
.SYNOPSIS
    Builds, tests and packs EpPromo.
.DESCRIPTION
    Build lays the importable module out in out/EpPromo. Test builds and runs every test. Pack makes out/EpPromo and the .nupkg
    that PowerShell galleries take, out/EpPromo.<version>.nupkg, of the Release build. Help makes the module's help from docs/help,
    to be committed. Simulate runs the simulation with as many seeds as asked for. Fuzz feeds the client with as many mutated answers
    as asked for. Faults runs the tests that kill processes with far more of them than the suite does: so many processes killed, and
    so many runs killed and resumed. Bench measures; it takes about ten minutes and wants the machine for itself. Soak keeps a session
    at work for minutes, faults and all, and examines its memory.

    No task lints the scripts: PSScriptAnalyzer comes from the PowerShell Gallery, which a NuGet restore does not reach.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Simulate -Seeds 100000
.EXAMPLE
    ./build.ps1 -Task Fuzz -Cases 100000
.EXAMPLE
    ./build.ps1 -Task Faults
.EXAMPLE
    ./build.ps1 -Task Pack
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Help', 'Simulate', 'Fuzz', 'Faults', 'Bench', 'Soak')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # How many histories Simulate plays; the first of them is FirstSeed, which is how a failed one is played again.
    [int] $Seeds = 2000,

    [int] $FirstSeed = 1,

    # How many mutated answers Fuzz tries.
    [int] $Cases = 1000000,

    # How many processes, and how many runs, Faults kills.
    [int] $Kills = 100,

    # How long Soak works; with fewer than 3 it cannot tell whether memory grows.
    [int] $Minutes = 10
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

# Sets environment variables for what the block starts, and then puts back what was there.
function Use-Environment([hashtable] $Variables, [scriptblock] $Block) {
    $before = @{}
    foreach ($name in $Variables.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Variables[$name])
    }
    try { & $Block }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

Push-Location $PSScriptRoot
try {
    foreach ($step in $Task) {
        switch ($step) {
            'Build' { Invoke-DotNet build EpPromo.slnx --configuration $Configuration }
            'Test' { Invoke-DotNet test --configuration $Configuration }
            'Simulate' {
                Use-Environment @{ EPPROMO_SIMULATION_SEEDS = $Seeds; EPPROMO_SIMULATION_FIRST_SEED = $FirstSeed } {
                    Invoke-DotNet test --project tests/Unit/EpPromo.UnitTests --configuration $Configuration --filter-class '*Simulation*'
                }
            }
            'Fuzz' {
                Use-Environment @{ EPPROMO_FUZZ_CASES = $Cases } {
                    Invoke-DotNet test --project tests/Unit/EpPromo.UnitTests --configuration $Configuration --filter-class '*.FuzzTests'
                }
            }
            'Faults' {
                Use-Environment @{ EPPROMO_KILLS = $Kills; EPPROMO_KILL_RUNS = $Kills } {
                    Invoke-DotNet test --project tests/Unit/EpPromo.ModuleTests --configuration $Configuration `
                        --filter-class '*.KillTests' --filter-class '*.RequestKillTests'
                }
            }
            'Help' {
                # Built before, for the cmdlets and their comments, and after, so that out/EpPromo has the new help.
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
                # In a shell that ends: a module's assemblies stay loaded, and then their files cannot be built again. It is the one that
                # .config/dotnet-tools.json names, so that the help does not depend on the shell at hand.
                Invoke-DotNet tool restore
                Invoke-DotNet tool run pwsh -NoProfile -NonInteractive -File docs/help/Build-Help.ps1
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
            }
            'Bench' { Invoke-DotNet run --project bench/EpPromo.Bench --configuration Release }
            'Soak' { Invoke-DotNet run --project bench/EpPromo.Soak --configuration Release '--' $Minutes }
            'Pack' { Invoke-DotNet pack src/EpPromo.PowerShell --configuration Release --output out }
        }
    }
}
finally {
    Pop-Location
}
