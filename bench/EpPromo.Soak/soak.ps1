# A long session: jobs on every promotion, every tenth exported, repeatedly.
param(
    [string] $Manifest,
    [int] $Minutes,
    [string] $Folder)

$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

# The session is slower between the loops and after the 429s among the faults: the average is about 25 requests a second.
Connect-EpStore -ConsistencyWindow 5 -MaxRequestsPerSecond 46

# The working set after a full collection, and the size of the live objects.
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
