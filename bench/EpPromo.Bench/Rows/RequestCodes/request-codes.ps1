# Measures one call of Request-EpPromotionCode, without the start of the process and of the connection. The promotions are given by name,
# so the list of promotions that resolves the names is part of it.
param(
    [string] $Manifest,
    [int] $Count,
    [double] $MaxRequestsPerSecond,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Promotion)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Connect-EpStore -MaxRequestsPerSecond $MaxRequestsPerSecond
$runs = 0
$codes = 0
$live = 0

# At every fiftieth object, measure the live objects after a full collection. Collecting more often would slow the run down.
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$Promotion | Request-EpPromotionCode -Count $Count | ForEach-Object {
    $codes += $_.Generated
    if ($runs++ % 50 -eq 5) { $live = [Math]::Max($live, [GC]::GetTotalMemory($true)) }
}

$watch.Stop()
"$codes $($watch.Elapsed.TotalSeconds) $live"
