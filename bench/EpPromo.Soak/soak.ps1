# The work of a session that goes on for long: jobs on every promotion, each tenth exported, again and again.
param(
    [string] $Manifest,
    [int] $Minutes,
    [string] $Folder)

$ProgressPreference = 'SilentlyContinue'
Import-Module $Manifest

# Between the rounds, and after the 429s among the faults, it is slower: 25 requests a second come out of it on the average.
Connect-EpStore -ConsistencyWindow 5 -MaxRequestsPerSecond 46
$jobs = 0
$minute = 1
$watch = [System.Diagnostics.Stopwatch]::StartNew()
while ($watch.Elapsed.TotalMinutes -lt $Minutes) {
    Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 5 | Wait-EpPromotionJob | ForEach-Object {
        if ($watch.Elapsed.TotalMinutes -ge $minute) {
            # Once a minute, after a full collection: what stays.
            "live $minute $([GC]::GetTotalMemory($true))"
            $minute++
        }

        if (++$jobs % 10 -eq 0) { $file = $_ | Export-EpPromotionCode -Path $Folder }
    }
}

"jobs $jobs"
