<#
.SYNOPSIS
    Azure Automation runbook (PowerShell 7): generates and exports codes, and stores the file in a storage account.
.DESCRIPTION
    Needs the modules EpPromo, Az.Accounts and Az.Storage in the runtime environment, a credential asset with the client id as user
    name and the client secret as password, and a managed identity with write access to the container.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Promotion,

    [Parameter(Mandatory)]
    [string] $Batch,

    [Parameter(Mandatory)]
    [int] $NumberOfCodes,

    # The name of the credential asset.
    [string] $CredentialName = 'EpStore',

    # The store's API base URL.
    [string] $BaseUri = 'https://useast.api.elasticpath.com',

    [Parameter(Mandatory)]
    [string] $StorageAccount,

    [string] $Container = 'promotion-codes'
)

# An uncaught error makes the Automation job 'Failed', which is the state that alerts watch.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Connect-EpStore -BaseUri $BaseUri -Credential (Get-AutomationPSCredential -Name $CredentialName)
$null = Connect-AzAccount -Identity
$storage = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount

$folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
try {
    $target = @($Promotion | Get-EpPromotion)
    if ($target.Count -ne 1) { throw "$($target.Count) promotions match '$Promotion'; this runbook needs exactly one." }
    # A runbook may be restarted: wait for an existing batch of that name, and do not create a second one.
    $job = $target | Get-EpPromotionJob -JobType code_generate -Name ([WildcardPattern]::Escape($Batch)) |
        Where-Object Status -in pending, processing, completed | Select-Object -First 1
    if (-not $job) { $job = $target | New-EpPromotionJob $NumberOfCodes -Name $Batch }

    $file = $job | Wait-EpPromotionJob -Timeout 00:30:00 | Export-EpPromotionCode "$folder/"
    $null = Set-AzStorageBlobContent -Context $storage -Container $Container -File $file.FullName -Blob "$Batch/$($file.Name)" -Force
    "$($job.PromotionName): $($file.Codes) codes in $Batch/$($file.Name)"
}
finally {
    Remove-Item -Path $folder -Recurse -Force -ErrorAction Ignore
    Disconnect-EpStore
}
