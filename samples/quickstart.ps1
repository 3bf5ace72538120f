<#
.SYNOPSIS
    From nothing to a file of promotion codes: connect, pick a promotion, generate, wait, export, look.
.DESCRIPTION
    Works on the store that EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL name. Where there is no store at hand,
    'dotnet run --project samples/Quickstart' starts a local sandbox and runs this very script against it.
.EXAMPLE
    ./samples/quickstart.ps1 -Promotion 'Summer*' -NumberOfCodes 500
#>
[CmdletBinding()]
param(
    # The promotion to generate codes on, by name; wildcards allowed. The first that fits is taken.
    [string] $Promotion = 'Summer*',

    # How many codes to generate, 1 to 1000.
    [int] $NumberOfCodes = 500,

    # Where the CSV file goes.
    [string] $Path = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), 'eppromo-quickstart', 'codes.csv')
)

$ErrorActionPreference = 'Stop'
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'EpPromo', 'EpPromo.psd1'))

Connect-EpStore

$target = Get-EpPromotion -Name $Promotion | Select-Object -First 1
if ($null -eq $target) { throw "No promotion is named '$Promotion'." }
"Generating $NumberOfCodes codes on '$($target.Name)':"

$job = $target |
    New-EpPromotionJob -NumberOfCodes $NumberOfCodes -CodePrefix summer -MaxUsesPerCode 1 |
    Wait-EpPromotionJob -Timeout 300
$file = $job | Export-EpPromotionCode -Path $Path -Force

"The promotion's newest jobs:"
$target | Get-EpPromotionJob -Newest 2 | Format-Table -Property JobType, Status, Generated, Name

# The file holds all of the promotion's codes, old ones too; a generate job gives its own.
"$(@(Import-Csv -Path $file).Count) codes, old and new, are in $file. The first of the new ones:"
$job | Receive-EpPromotionJob | Select-Object -First 5 | Format-Table -Property Code, MaxUses, ConsumeUnit

"Requests made: $((Get-EpStore).Requests)"
