<#
.SYNOPSIS
    Runs the operator scenarios of this folder in the shell that runs this script.
.DESCRIPTION
    Build the repository first: that provides the module, the sandbox and Pester. The exit code is the number of failed tests.
.EXAMPLE
    ./tests/Pester/Invoke-Scenario.ps1

    Tests the module in out/EpPromo.
.EXAMPLE
    powershell -File tests/Pester/Invoke-Scenario.ps1 -Package out/package

    Tests a package in Windows PowerShell: it replaces the module in out/EpPromo.
#>
[CmdletBinding()]
param(
    # The package, or the folder that holds it. Without it, the module that the build has laid out is tested.
    [string] $Package,

    # The version of Pester; the build has downloaded 5.7.1 and 6.2.0.
    [string] $PesterVersion = '5.7.1'
)

$ErrorActionPreference = 'Stop'
$module = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo')

if ($Package) {
    $file = @(Get-ChildItem $Package -Filter EpPromo.*.nupkg)
    if ($file.Count -ne 1) { throw "$Package has $($file.Count) packages of EpPromo instead of one." }
    if (Test-Path $module) { Remove-Item $module -Recurse }
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::ExtractToDirectory($file[0].FullName, [System.IO.Path]::GetFullPath($module))
}

$packages = (dotnet nuget locals global-packages --list) -replace '^[^:]*: '
Import-Module ([System.IO.Path]::Combine($packages, 'pester', $PesterVersion, 'tools', 'Pester.psd1'))
"Pester $((Get-Module Pester).Version) in PowerShell $($PSVersionTable.PSVersion), EpPromo $((Import-PowerShellDataFile (Join-Path $module EpPromo.psd1)).ModuleVersion)"

$configuration = @{ Run = @{ Path = $PSScriptRoot; Exit = $true }; Output = @{ RenderMode = 'Plaintext' } }
# Start-ThreadJob and ForEach-Object -Parallel came with PowerShell 7.
if ($PSVersionTable.PSVersion.Major -lt 7) { $configuration.Filter = @{ ExcludeTag = 'PowerShell7' } }
Invoke-Pester -Configuration $configuration
