# One session of a run: connects to the store of the EPCC_* variables and requests codes on the given promotions.
param(
    [string] $Manifest,
    [string] $Name,
    [int] $Count,
    [int] $BatchSize,
    [double] $ConsistencyWindow,
    [string] $Kind,
    [Parameter(ValueFromRemainingArguments)] [string[]] $PromotionId)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest
Connect-EpStore -ConsistencyWindow $ConsistencyWindow -MaxRequestsPerSecond 1000
$PromotionId | Request-EpPromotionCode -Count $Count -BatchSize $BatchSize -Name $Name -Kind $Kind -CodePrefix kill -ErrorAction Continue |
    ForEach-Object { "$($_.PromotionId) $($_.Generated) $($_.Status)" }
