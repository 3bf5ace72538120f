# Downloads an export with Export-EpPromotionCode.
param([string] $Manifest, [string] $Promotion, [string] $JobId, [string] $File, [int] $Length)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Connect-EpStore -MaxRequestsPerSecond 100000
Start-Contender { Export-EpPromotionCode -Promotion $Promotion -JobId $JobId -LiteralPath $File | Out-Null } -Check {
    Assert-Count (Export-EpPromotionCode -Promotion $Promotion -JobId $JobId -LiteralPath $File).Length $Length
}
