<#
.SYNOPSIS
    Unattended: a run of any number of codes on each promotion, or one worker's share of it.
.DESCRIPTION
    Can be started again after any failure, on any machine: with the same -Name it goes on from what the store has. Several workers
    divide the promotions among themselves, each with another -Share. They need not know of each other, and if two take the same
    promotion, the number of its codes still comes out exact.

    Connects through EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL, or with -Credential and -BaseUri. Ends with an error
    when a promotion did not get its codes, or when no promotion fits, so with exit code 1 where a scheduler looks at that.
.EXAMPLE
    ./Request-PromotionCode.ps1 -Promotion 'Summer*' -Name bf26 -Count 25000 -CodePrefix bf -Folder ./codes
.EXAMPLE
    ./Request-PromotionCode.ps1 -Promotion * -Name bf26 -Count 500 -Share 2 -Shares 4
#>
[CmdletBinding()]
param(
    # The name of the promotion; with wildcards, of all that fit.
    [Parameter(Mandatory)]
    [string] $Promotion,

    # What the run is called. The same name is the same run.
    [Parameter(Mandatory)]
    [string] $Name,

    # How many codes each promotion gets.
    [Parameter(Mandatory)]
    [int] $Count,

    # What the codes begin with.
    [string] $CodePrefix,

    # Where the files go, one for each promotion; none are written without it.
    [string] $Folder,

    # Which share of the promotions this worker takes, from 1 to Shares.
    [ValidateRange(1, 1000)]
    [int] $Share = 1,

    # How many shares there are.
    [ValidateRange(1, 1000)]
    [int] $Shares = 1,

    # How long to go on. Jobs at work go on in the store, and the next start goes on from there.
    [timespan] $Timeout = '05:00:00',

    # Client id and secret; in Azure Automation, the name of a credential asset.
    [pscredential] $Credential,

    # The store's API base URL.
    [string] $BaseUri,

    # How long the store's lists may lag behind.
    [timespan] $ConsistencyWindow = '00:01:00'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# No promotion is in a share that there is not: such a worker would do nothing, and call it done.
if ($Share -gt $Shares) { throw "Share $Share of $Shares does not exist." }

if (-not (Get-Module -Name EpPromo)) { Import-Module -Name EpPromo }
$connection = @{ ConsistencyWindow = $ConsistencyWindow }
if ($Credential) { $connection.Credential = $Credential }
if ($BaseUri) { $connection.BaseUri = $BaseUri }
Connect-EpStore @connection

$targets = @(Get-EpPromotion -Name $Promotion | Where-Object { -not $_.Automatic })
if (-not $targets) { throw "No promotion fits '$Promotion'." }

# A promotion's share follows from its id alone, so workers agree on it without a word, also when promotions are added meanwhile.
$mine = @($targets | Where-Object { [uint32]"0x$($_.PromotionId.Substring(0, 8))" % $Shares -eq $Share - 1 })

$request = @{ Name = $Name; Count = $Count; CodePrefix = $CodePrefix; Timeout = $Timeout }
if ($Folder) { $request.Path = "$Folder/" }
$done = 0
$mine | Request-EpPromotionCode @request -ErrorAction Continue | ForEach-Object {
    if ($_.Status -eq 'completed') { $done++ }

    # It is empty when the promotion's turn had not come.
    $made = if ($null -eq $_.Generated) { 'unknown' } else { $_.Generated }
    "$($_.PromotionId): $made of $($_.Requested) codes, $($_.Status)"
}

$store = Get-EpStore
"Share $Share of $($Shares): $done of $($mine.Count) promotions have their codes. $($store.Requests) requests, " +
    "$($store.Throttled) throttled."
if ($done -ne $mine.Count) { throw "$($mine.Count - $done) promotions do not have their codes yet. Start it again to go on." }
