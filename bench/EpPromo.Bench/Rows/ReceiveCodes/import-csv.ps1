# Reads the codes of a downloaded export with Import-Csv.
param([string] $File, [int] $Codes, [string] $Into)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
$check = { Assert-Count (Import-Csv -LiteralPath $File | Measure-Object).Count $Codes }
switch ($Into) {
    'null' { Start-Contender { Import-Csv -LiteralPath $File | Out-Null } -Check $check }
    'variable' { Start-Contender { $rows = Import-Csv -LiteralPath $File } }
}
