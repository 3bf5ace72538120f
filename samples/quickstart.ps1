<#
.SYNOPSIS
    Connects to a store, generates codes on a promotion, waits, exports them to a CSV file, and shows the result.
.DESCRIPTION
    Uses the store that EPCC_CLIENT_ID, EPCC_CLIENT_SECRET and EPCC_API_BASE_URL identify. If you have no store,
    'dotnet run --project samples/Quickstart' starts a local sandbox and runs this script against it.
.EXAMPLE
    ./samples/quickstart.ps1 -Promotion 'Summer*' -NumberOfCodes 500
#>
[CmdletBinding()]
param(
    # The name of the promotion to generate codes on. Wildcards are allowed; the first match is used.
    [string] $Promotion = 'Summer*',

    # The number of codes to generate, 1 to 1000.
    [int] $NumberOfCodes = 500,

    # The path of the CSV file.
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

# The file contains all codes of the promotion, including old ones. Receiving a generate job returns only the codes of that job.
"$(@(Import-Csv -Path $file).Count) codes, old and new, are in $file. The first new ones:"
$job | Receive-EpPromotionJob | Select-Object -First 5 | Format-Table -Property Code, MaxUses, ConsumeUnit

"Requests made: $((Get-EpStore -Default).Requests)"
