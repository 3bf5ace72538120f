<#
.SYNOPSIS
    Connects to a store, generates codes on promotions, waits, exports exactly these codes to CSV files, and shows the result.
.DESCRIPTION
    Prints each command before its output. Uses the store that EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL identify. If you
    have no store, 'dotnet run --project samples/Quickstart' starts a local sandbox and runs this script against it.
.EXAMPLE
    ./samples/quickstart.ps1 -Promotion 'Summer*' -NumberOfCodes 500
#>
[CmdletBinding()]
param(
    # The name of the promotions to generate codes on. Wildcards are allowed.
    [string] $Promotion = 'Summer*',

    # The number of codes for each promotion, 1 to 1000.
    [int] $NumberOfCodes = 500,

    # The folder for the CSV files. By default, each run has a new one, so that it shows its own files only.
    [string] $Folder = [System.IO.Path]::Combine(
        [System.IO.Path]::GetTempPath(), "eppromo-quickstart-$([datetime]::Now.ToString('yyyyMMdd-HHmmss'))")
)

$ErrorActionPreference = 'Stop'
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'EpPromo', 'EpPromo.psd1'))

# Shows a command as at a prompt, runs it in this script's scope, and shows its output.
function Show-Command([string] $Command) {
    "PS> $Command"
    $output = (. ([scriptblock]::Create($Command)) | Out-String -Width 80).Trim("`r", "`n")
    if ($output) { $output, '' }
}

# A text in quotes, as it is typed in a command.
function Get-Quoted([string] $Text) { "'$($Text -replace "'", "''")'" }

. Show-Command 'Connect-EpStore'
. Show-Command "`$promotions = Get-EpPromotion $(Get-Quoted $Promotion)"
. Show-Command '$promotions'
if (-not $promotions) { throw "No promotion is named '$Promotion'." }

. Show-Command ("`$files = `$promotions | New-EpPromotionJob $NumberOfCodes -CodePrefix summer -MaxUsesPerCode 1 |`n" +
    "        Wait-EpPromotionJob -Timeout 300 |`n" +
    "        Export-EpPromotionCode $(Get-Quoted $Folder)")
. Show-Command '$files'
. Show-Command '$files | Import-Csv | Measure-Object | ForEach-Object Count'
. Show-Command 'Import-Csv $files[0].Path | Select-Object code, max_uses -First 3'
. Show-Command '$promotions | Get-EpPromotionJob -Newest 2'
. Show-Command 'Get-EpStore'

"The files are in $Folder"
"To remove them: Remove-Item -Recurse $(Get-Quoted $Folder)"
"To look around yourself, see 'Try it in the sandbox' in README.md."
