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

$problems = @()
$files = @($targets |
    ForEach-Object {
        $known = $_ | Get-EpPromotionJob -JobType code_generate -Name ([WildcardPattern]::Escape($Batch)) -ErrorVariable +problems |
            Where-Object Status -in pending, processing, completed
        if ($problems | Where-Object TargetObject -eq $_.PromotionId) { return }
        if ($known) { return $known }
        $_ | New-EpPromotionJob -Name $Batch -NumberOfCodes $NumberOfCodes -CodePrefix $CodePrefix -ErrorVariable +problems
    } |
    Wait-EpPromotionJob -Timeout $Timeout -ErrorVariable +problems |
    New-EpPromotionJob -Export -WhenBusy Wait -ErrorVariable +problems |
    Wait-EpPromotionJob -Timeout $Timeout -ErrorVariable +problems |
    Export-EpPromotionCode -Path "$Folder/" -ErrorVariable +problems)

$files | ForEach-Object { "$($_.PromotionId): $($_.FullName)" }
"$($files.Count) of $($targets.Count) promotions are done."
if ($files.Count -ne $targets.Count) { exit 1 }
