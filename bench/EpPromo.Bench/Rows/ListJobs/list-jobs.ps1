# Reads the jobs of a promotion with Get-EpPromotionJob.
param([string] $Manifest, [string] $Promotion, [int] $Jobs)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Connect-EpStore -MaxRequestsPerSecond 100000
Start-Contender { Get-EpPromotionJob $Promotion | Out-Null } -Check {
    Assert-Count (Get-EpPromotionJob $Promotion | Measure-Object).Count $Jobs
}
