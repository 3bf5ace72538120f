# Creates jobs with New-EpPromotionJob: call after call on one promotion, or by pipeline on many.
param([string] $Manifest, [string] $Promotion, [int] $Jobs, [string] $How)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Connect-EpStore -MaxRequestsPerSecond 100000
switch ($How) {
    'calls' {
        Start-Contender { foreach ($number in 1..$Jobs) { $null = New-EpPromotionJob 100 -Promotion $Promotion -CodePrefix summer -MaxUsesPerCode 1 } }
    }
    'pipeline' {
        $promotions = foreach ($number in 1..$Jobs) { $Promotion.Substring(0, 24) + $number.ToString('x12') }
        Start-Contender { $promotions | New-EpPromotionJob 100 -CodePrefix summer -MaxUsesPerCode 1 | Out-Null } -Check {
            Assert-Count ($promotions | New-EpPromotionJob 100 -CodePrefix summer -MaxUsesPerCode 1 | Measure-Object).Count $Jobs
        }
    }
}
