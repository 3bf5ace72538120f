<#
.SYNOPSIS
    Generates a named batch of codes on promotions and exports them, unattended.
.DESCRIPTION
    You can restart it after any failure: a promotion that already has a batch of that name, completed or in progress, gets no
    second one. The files contain the codes of the batch and no others. Connects with EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL.

    Exit codes: 0, all promotions have their codes and their file; 1, some do not, see the errors; 2, nothing was tried.
.EXAMPLE
    ./New-PromotionCode.ps1 -Promotion 'Summer*' -Batch 'Mailing 12' -NumberOfCodes 500 -CodePrefix m12 -Folder ./codes
#>
[CmdletBinding()]
param(
    # The names or ids of the promotions. Wildcards select all promotions that match.
    [Parameter(Mandatory)]
    [string[]] $Promotion,

    # The name of the jobs, at most 50 characters. The same name means the same batch.
    [Parameter(Mandatory)]
    [string] $Batch,

    # The number of codes for each promotion, 1 to 1000.
    [Parameter(Mandatory)]
    [int] $NumberOfCodes,

    # The prefix of the codes.
    [string] $CodePrefix,

    # The folder for the files.
    [Parameter(Mandatory)]
    [string] $Folder,

    # The time limit for the jobs, and again for the exports.
    [timespan] $Timeout = '00:30:00'
)

$ProgressPreference = 'SilentlyContinue'

try {
    if (-not (Get-Module -Name EpPromo)) { Import-Module -Name EpPromo -ErrorAction Stop }
    Connect-EpStore -ErrorAction Stop
    $targets = @($Promotion | Get-EpPromotion -ErrorAction Stop | Where-Object { -not $_.Automatic })
    if (-not $targets) { throw "No promotion matches '$Promotion'." }
}
catch {
    [Console]::Error.WriteLine($_)
    exit 2
}

$files = @($targets |
    ForEach-Object {
        try {
            $existing = $_ | Get-EpPromotionJob -JobType code_generate -Name ([WildcardPattern]::Escape($Batch)) -ErrorAction Stop |
                Where-Object Status -in pending, processing, completed
        }
        catch {
            # It is unknown whether the promotion has the batch. Create nothing: it could be a second batch.
            Write-Error -ErrorRecord $_
            return
        }

        # If there are several jobs of that name, one of them is the batch: the newest completed one, otherwise the active one.
        if ($existing) {
            return $existing | Sort-Object -Property @{ e = { $_.Status -ne 'completed' } }, @{ e = 'CreatedAt'; Descending = $true } |
                Select-Object -First 1
        }

        $_ | New-EpPromotionJob $NumberOfCodes -Name $Batch -CodePrefix $CodePrefix
    } |
    Wait-EpPromotionJob -Timeout $Timeout |
    Export-EpPromotionCode "$Folder/" -Timeout $Timeout)

$files | ForEach-Object { "$($_.PromotionName): $($_.Codes) codes in $($_.Path)" }

# Check each promotion by id: the mere number of files could hide a promotion without one.
$missing = @($targets | Where-Object PromotionId -notin $files.PromotionId)
"$($targets.Count - $missing.Count) of $($targets.Count) promotions are done."
if ($missing) { exit 1 }
