# Merges lists of recipients, chosen at random, into one file until the process is killed. Each line of output is a recipient and their code.
param([string] $Manifest, [string] $Folder, [int] $Seed, [int] $Merges)

$ErrorActionPreference = 'Stop'
Import-Module $Manifest
Set-Location -LiteralPath $Folder
$lists = Get-ChildItem -Path list-*.csv | Sort-Object -Property Name
$random = [Random]::new($Seed)
for ($i = 0; $i -lt $Merges; $i++) {
    # The last list is that of all recipients.
    $list = if ($Merges -eq 1) { $lists[-1] } else { $lists[$random.Next($lists.Count)] }
    Import-Csv -LiteralPath $list.FullName |
        Merge-EpPromotionCode mailing.csv -Key Email -CodePath codes.csv -WarningAction SilentlyContinue |
        ForEach-Object { "$($_.Email) $($_.Code);" }
}
