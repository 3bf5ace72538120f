# Creates a job and waits for it with Wait-EpPromotionJob. Returns the time from the end of the job until it is emitted.
param([string] $Manifest, [string] $Promotion)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
Connect-EpStore
Start-Contender {
    New-EpPromotionJob 100 -Promotion $Promotion -MaxUsesPerCode 1 | Wait-EpPromotionJob |
        ForEach-Object { ([DateTimeOffset]::UtcNow - $_.UpdatedAt).TotalSeconds }
}
