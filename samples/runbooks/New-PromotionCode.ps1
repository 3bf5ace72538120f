<#
.SYNOPSIS
    Unattended: generates a named batch of codes on promotions and exports them.
.DESCRIPTION
    Can be started again after any failure: a promotion that has a batch of that name already, finished or under way, gets no
    second one. Connects through EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL.

    Exit codes: 0, all promotions have their codes and their file; 1, some have not, see the errors; 2, nothing was tried.
.EXAMPLE
    ./New-PromotionCode.ps1 -Promotion 'Summer*' -Batch 'Mailing 12' -NumberOfCodes 500 -CodePrefix m12 -Folder ./codes
#>
[CmdletBinding()]
param(
    # The name of the promotion; with wildcards, of all that fit.
    [Parameter(Mandatory)]
    [string] $Promotion,

    # What the jobs are called, at most 50 characters. The same name is the same batch.
    [Parameter(Mandatory)]
    [string] $Batch,

    # How many codes each promotion gets, 1 to 1000.
    [Parameter(Mandatory)]
    [int] $NumberOfCodes,

    # What the codes begin with.
    [string] $CodePrefix,

    # Where the files go.
    [Parameter(Mandatory)]
    [string] $Folder,

    # How long to wait for the jobs, and again for the exports.
    [timespan] $Timeout = '00:30:00'
)

$ProgressPreference = 'SilentlyContinue'

try {
    if (-not (Get-Module -Name EpPromo)) { Import-Module -Name EpPromo -ErrorAction Stop }
    Connect-EpStore -ErrorAction Stop
    $targets = @(Get-EpPromotion -Name $Promotion -ErrorAction Stop | Where-Object { -not $_.Automatic })
    if (-not $targets) { throw "No promotion fits '$Promotion'." }
}
catch {
    [Console]::Error.WriteLine($_)
    exit 2
}

$files = @($targets |
    ForEach-Object {
        try {
            $known = $_ | Get-EpPromotionJob -JobType code_generate -Name ([WildcardPattern]::Escape($Batch)) -ErrorAction Stop |
                Where-Object Status -in pending, processing, completed
        }
        catch {
            # What the promotion has is not known, so nothing is made: it could be the second batch.
            Write-Error -ErrorRecord $_
            return
        }

        # One job is the batch, also where somebody has made two of that name: the newest that is completed, else the one at work.
        if ($known) {
            return $known | Sort-Object -Property @{ e = { $_.Status -ne 'completed' } }, @{ e = 'CreatedAt'; Descending = $true } |
                Select-Object -First 1
        }

        $_ | New-EpPromotionJob -Name $Batch -NumberOfCodes $NumberOfCodes -CodePrefix $CodePrefix
    } |
    Wait-EpPromotionJob -Timeout $Timeout |
    New-EpPromotionJob -Export -WhenBusy Wait |
    Wait-EpPromotionJob -Timeout $Timeout |
    Export-EpPromotionCode -Path "$Folder/")

$files | ForEach-Object { "$($_.PromotionId): $($_.FullName)" }

# Each promotion is looked for by itself: a number of files could hide one that has none.
$missing = @($targets | Where-Object PromotionId -notin $files.PromotionId)
"$($targets.Count - $missing.Count) of $($targets.Count) promotions are done."
if ($missing) { exit 1 }
