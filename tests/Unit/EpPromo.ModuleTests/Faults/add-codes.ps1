# Adds the codes of a CSV to a promotion of the store of the EPCC_* variables. It can be killed, and run again.
param([string] $Manifest, [string] $Csv, [string] $PromotionId)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest
$null = Connect-EpStore -ConsistencyWindow 1 -MaxRequestsPerSecond 1000
$rows = Import-Csv $Csv
'ready'
$rows | Add-EpPromotionCode -Promotion $PromotionId -MaxUses 1 -SkipExisting
'done'
