<#
.SYNOPSIS
    Builds, tests and packs EpPromo.
.DESCRIPTION
    Build lays the importable module out in out/EpPromo. Test builds and runs every test. Pack makes out/EpPromo and the .nupkg
    that PowerShell galleries take, out/EpPromo.<version>.nupkg, of the Release build. Help makes the module's help from docs/help,
    to be committed. Simulate runs the simulation with as many seeds as asked for. Bench measures; it takes about ten minutes and
    wants the machine for itself. Soak keeps a session at work for ten minutes, faults and all, and looks at its memory.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Simulate -Seeds 100000
.EXAMPLE
    ./build.ps1 -Task Pack
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Pack', 'Help', 'Simulate', 'Bench', 'Soak')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # How many histories Simulate plays; the first of them is FirstSeed, which is how a failed one is played again.
    [int] $Seeds = 2000,

    [int] $FirstSeed = 1
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

Push-Location $PSScriptRoot
try {
    foreach ($step in $Task) {
        switch ($step) {
            'Build' { Invoke-DotNet build EpPromo.slnx --configuration $Configuration }
            'Test' { Invoke-DotNet test --configuration $Configuration }
            'Simulate' {
                $env:EPPROMO_SIMULATION_SEEDS = $Seeds
                $env:EPPROMO_SIMULATION_FIRST_SEED = $FirstSeed
                try {
                    Invoke-DotNet test --project tests/Unit/EpPromo.UnitTests --configuration $Configuration --filter-class '*Simulation*'
                }
                finally {
                    $env:EPPROMO_SIMULATION_SEEDS = $env:EPPROMO_SIMULATION_FIRST_SEED = $null
                }
            }
            'Help' {
                # Built before, for the cmdlets and their comments, and after, so that out/EpPromo has the new help.
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
                $script = [System.IO.Path]::Combine($PSScriptRoot, 'docs', 'help', 'Build-Help.ps1')
                & ([System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName) -NoProfile -File $script
                if ($LASTEXITCODE -ne 0) { throw "$script ended with exit code $LASTEXITCODE." }
                Invoke-DotNet build src/EpPromo.PowerShell --configuration Release
            }
            'Bench' { Invoke-DotNet run --project bench/EpPromo.Bench --configuration Release }
            'Soak' { Invoke-DotNet run --project bench/EpPromo.Soak --configuration Release }
            'Pack' { Invoke-DotNet pack src/EpPromo.PowerShell --configuration Release --output out }
        }
    }
}
finally {
    Pop-Location
}
