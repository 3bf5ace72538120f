<#
.SYNOPSIS
    Builds, tests and packs EpPromo.
.DESCRIPTION
    Build     Lays out the importable module in out/EpPromo.
    Test      Builds everything and runs every test.
    Pack      Creates out/EpPromo from the Release build, and the package for PowerShell galleries, out/EpPromo.<version>.nupkg.
    Help      Generates the module's help from docs/help. Commit the result.
    Simulate  Runs the simulation with -Seeds seeds.
    Fuzz      Feeds the client -Cases mutated responses.
    Faults    Runs the tests that kill processes, with -Kills exports, -Kills runs and a fifth as many merges and adds, many more than 'dotnet test'
              kills.
    Bench     Measures the speed beside what people would use instead (docs/performance.md). All of it takes about twelve minutes, needs Node.js,
              npm and curl, and an otherwise idle machine; -Rows selects some of it.
    Soak      Runs a session for -Minutes minutes while faults occur, and checks its memory use.

    No task lints the scripts: PSScriptAnalyzer is published in the PowerShell Gallery only, which a NuGet restore does not reach.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Simulate -Seeds 100000
.EXAMPLE
    ./build.ps1 -Task Fuzz -Cases 100000
.EXAMPLE
    ./build.ps1 -Task Faults
.EXAMPLE
    ./build.ps1 -Task Bench -Rows list-*, import
.EXAMPLE
    ./build.ps1 -Task Pack
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Help', 'Simulate', 'Fuzz', 'Faults', 'Bench', 'Soak')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The number of seeds that Simulate runs, starting at FirstSeed. To replay a failed seed, give it as FirstSeed with -Seeds 1.
    [int] $Seeds = 2000,

    [int] $FirstSeed = 1,

    # The number of mutated responses that Fuzz tries.
    [int] $Cases = 1000000,

    # The number of exporting processes, and the number of runs, that Faults kills.
    [int] $Kills = 100,

    # The names of what Bench measures; * stands for any text.
    [string[]] $Rows = '*',

    # The duration of Soak. With fewer than 3 minutes it cannot detect whether memory grows.
    [int] $Minutes = 10
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

# Sets environment variables while the block runs, and then restores their earlier values.
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
                Use-Environment @{ EPPROMO_KILLS = $Kills; EPPROMO_KILL_RUNS = $Kills; EPPROMO_MERGE_KILLS = [Math]::Ceiling($Kills / 5); EPPROMO_ADD_KILLS = [Math]::Ceiling($Kills / 5) } {
                    Invoke-DotNet test --project tests/Unit/EpPromo.ModuleTests --configuration $Configuration `
                        --filter-class '*.KillTests' --filter-class '*.RequestKillTests' --filter-class '*.MergeKillTests' --filter-class '*.AddCodeKillTests'
                }
            }
            'Help' {
                # The first build provides the cmdlets and their comments; the second one copies the new help to out/EpPromo.
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
                # The script runs in a separate shell, because a module's assemblies stay loaded and would block the second build. The
                # shell is the one that .config/dotnet-tools.json names, so that the help does not depend on the caller's shell.
                Invoke-DotNet tool restore
                Invoke-DotNet tool run pwsh -NoProfile -NonInteractive -File docs/help/Build-Help.ps1
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
            }
            'Bench' {
                # One argument, and not the names alone: PowerShell would replace a name with * by the files that it matches.
                Invoke-DotNet run --project bench/EpPromo.Bench --configuration Release '--' "--rows=$($Rows -join ',')"
            }
            'Soak' { Invoke-DotNet run --project bench/EpPromo.Soak --configuration Release '--' $Minutes }
            'Pack' { Invoke-DotNet pack src/EpPromo.PowerShell --configuration Release --output out }
        }
    }
}
finally {
    Pop-Location
}
