# Creates a job on each promotion and waits for all of them. Prints the seconds that it took, and for each job the time from its end until it was
# emitted.
param([string] $Manifest, [string] $PromotionFile)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Connect-EpStore
$promotions = Get-Content -LiteralPath $PromotionFile
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$delays = $promotions | New-EpPromotionJob 100 -MaxUsesPerCode 1 | Wait-EpPromotionJob |
    ForEach-Object { ([DateTimeOffset]::UtcNow - $_.UpdatedAt).TotalSeconds }
@($watch.Elapsed.TotalSeconds) + $delays | ForEach-Object { $_.ToString([cultureinfo]::InvariantCulture) }
