# Emits as many objects from a cmdlet that does nothing else: what the engine itself takes.
param([int] $Codes)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../EpPromo.Bench.Floor.dll')
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Start-Contender { Write-BareObject $Codes | Out-Null } -Check { Assert-Count (Write-BareObject $Codes | Measure-Object).Count $Codes }
