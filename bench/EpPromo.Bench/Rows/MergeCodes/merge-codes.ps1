# Measures Merge-EpPromotionCode beside reading the same list alone: a first merge, and one that changes no code but the order of the rows.
param([string] $Manifest, [string] $Folder, [string] $List, [string] $ShuffledList, [string] $Codes)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest
Set-Location -LiteralPath $Folder

function Measure-Seconds([scriptblock] $Block) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    & $Block | Out-Null
    $watch.Elapsed.TotalSeconds
}

# Each command once, so that neither is compiled while it is measured.
Import-Csv -LiteralPath $List | Select-Object -First 2000 | Merge-EpPromotionCode warm.csv -Key Email -CodePath $Codes | Out-Null

$read = Measure-Seconds { Import-Csv -LiteralPath $List }
$first = Measure-Seconds { Import-Csv -LiteralPath $List | Merge-EpPromotionCode merged.csv -Key Email -CodePath $Codes }
$again = Measure-Seconds { Import-Csv -LiteralPath $ShuffledList | Merge-EpPromotionCode merged.csv -Key Email -CodePath $Codes }
$peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
"$read $first $again $peak"
