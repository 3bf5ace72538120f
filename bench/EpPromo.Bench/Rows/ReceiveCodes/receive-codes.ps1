# Reads the codes of an export with Receive-EpPromotionJob.
param([string] $Manifest, [string] $Promotion, [string] $JobId, [int] $Codes, [string] $Into)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Connect-EpStore -MaxRequestsPerSecond 100000
$check = { Assert-Count (Receive-EpPromotionJob -Promotion $Promotion -JobId $JobId | Measure-Object).Count $Codes }
switch ($Into) {
    'null' { Start-Contender { Receive-EpPromotionJob -Promotion $Promotion -JobId $JobId | Out-Null } -Check $check }
    'variable' { Start-Contender { $rows = Receive-EpPromotionJob -Promotion $Promotion -JobId $JobId } }
}
