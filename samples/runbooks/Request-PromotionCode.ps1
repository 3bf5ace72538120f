<#
.SYNOPSIS
    Generates any number of codes on each promotion, or on one worker's share of the promotions, unattended.
.DESCRIPTION
    You can restart it after any failure, on any machine: with the same -Name it resumes the run from the jobs in the store. To divide
    the promotions among several workers, give each worker another -Share. The workers need not know of each other, and if two take the
    same promotion, the number of its codes is still exact.

    Connects with EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL. Other sources of the client id and secret are -Credential and
    -SecretName, a secret in a vault of Microsoft.PowerShell.SecretManagement. Ends with an error, and so with exit code 1, if a
    promotion did not get its codes or if no promotion matches.
.EXAMPLE
    ./Request-PromotionCode.ps1 -Promotion 'Summer*' -Name bf26 -Count 25000 -CodePrefix bf -Folder ./codes
.EXAMPLE
    ./Request-PromotionCode.ps1 -Promotion * -Name bf26 -Count 500 -Share 2 -Shares 4
.EXAMPLE
    ./Request-PromotionCode.ps1 -Promotion 'Summer*' -Name bf26 -Count 500 -SecretName EpStore -Vault Jobs
#>
[CmdletBinding()]
param(
    # The names or ids of the promotions. Wildcards select all promotions that match.
    [Parameter(Mandatory)]
    [string[]] $Promotion,

    # The name of the run. The same name means the same run.
    [Parameter(Mandatory)]
    [string] $Name,

    # The number of codes for each promotion.
    [Parameter(Mandatory)]
    [int] $Count,

    # The prefix of the codes.
    [string] $CodePrefix,

    # The folder for the files, one for each promotion. Without it, no files are written.
    [string] $Folder,

    # The share of the promotions that this worker takes, from 1 to Shares.
    [ValidateRange(1, 1000)]
    [int] $Share = 1,

    # The number of shares.
    [ValidateRange(1, 1000)]
    [int] $Shares = 1,

    # The time limit. Active jobs continue in the store, and the next start resumes the run.
    [timespan] $Timeout = '05:00:00',

    # The client id and secret; in Azure Automation, the name of a credential asset.
    [pscredential] $Credential,

    # The name of such a credential in a vault. A name is no secret, so it may be on a command line.
    [string] $SecretName,

    # The vault. Without it, all registered vaults are searched.
    [string] $Vault,

    # The store's API base URL.
    [string] $BaseUri,

    # The longest time that the store's lists may lag behind.
    [timespan] $ConsistencyWindow = '00:01:00'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# A share that does not exist contains no promotion: such a worker would do nothing and report success.
if ($Share -gt $Shares) { throw "Share $Share of $Shares does not exist." }

if (-not (Get-Module -Name EpPromo)) { Import-Module -Name EpPromo }
if ($SecretName) {
    $secret = @{ Name = $SecretName }
    if ($Vault) { $secret.Vault = $Vault }
    $Credential = Get-Secret @secret
}

$connection = @{ ConsistencyWindow = $ConsistencyWindow }
if ($Credential) { $connection.Credential = $Credential }
if ($BaseUri) { $connection.BaseUri = $BaseUri }
Connect-EpStore @connection

$targets = @($Promotion | Get-EpPromotion | Where-Object { -not $_.Automatic })
if (-not $targets) { throw "No promotion matches '$Promotion'." }

# The id alone determines a promotion's share. So workers agree without communication, even if promotions are added meanwhile.
$mine = @($targets | Where-Object { [uint32]"0x$($_.PromotionId.Substring(0, 8))" % $Shares -eq $Share - 1 })

$request = @{ Name = $Name; Count = $Count; CodePrefix = $CodePrefix; Timeout = $Timeout }
if ($Folder) { $request.Path = "$Folder/" }
$done = 0
$mine | Request-EpPromotionCode @request -ErrorAction Continue | ForEach-Object {
    if ($_.Status -eq 'completed') { $done++ }

    # Empty if the timeout came before the promotion was started.
    $made = if ($null -eq $_.Generated) { 'unknown' } else { $_.Generated }
    "$($_.PromotionName): $made of $($_.Requested) codes, $($_.Status) $($_.Path)".TrimEnd()
}

$store = Get-EpStore -Default
"Share $Share of $($Shares): $done of $($mine.Count) promotions have their codes. $($store.Requests) requests, " +
    "$($store.Throttled) throttled."
if ($done -ne $mine.Count) { throw "$($mine.Count - $done) promotions do not have their codes yet. Repeat the command to resume the run." }
