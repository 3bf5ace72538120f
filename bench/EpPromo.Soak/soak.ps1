# The work of a session that goes on for long: jobs on every promotion, each tenth exported, again and again.
param(
    [string] $Manifest,
    [int] $Minutes,
    [string] $Folder)

$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

# Between the rounds, and after the 429s among the faults, it is slower: 25 requests a second come out of it on the average.
Connect-EpStore -ConsistencyWindow 5 -MaxRequestsPerSecond 46

# What stays in RAM when all garbage has been collected, and what of it are live objects.
function Measure-Kept {
    [GC]::Collect(2, [GCCollectionMode]::Aggressive, $true, $true)
    "kept $([Environment]::WorkingSet) $([GC]::GetTotalMemory($true))"
}

$jobs = 0
$minute = 1
$watch = [System.Diagnostics.Stopwatch]::StartNew()
while ($watch.Elapsed.TotalMinutes -lt $Minutes) {
    Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 5 | Wait-EpPromotionJob | ForEach-Object {
        if ($watch.Elapsed.TotalMinutes -ge $minute) {
            Measure-Kept
            $minute++
        }

        if (++$jobs % 10 -eq 0) { $file = $_ | Export-EpPromotionCode -Path $Folder }
    }
}

if ($minute -le $Minutes) { Measure-Kept }
"jobs $jobs"
