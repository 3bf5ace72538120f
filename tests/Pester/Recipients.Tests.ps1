#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# From codes to a mailing list, as in docs/recipes.md, in a real shell, against a sandbox in a process of its own.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1') -Force
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')) -Force

    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $script:sandbox = Start-EpSandbox -ArgumentList '--port', '0', '--job-base', '100ms', '--per-code', '0ms', '--requests-per-second', '0'
    foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }

    # Another file may have connected in this process: after that, the environment's store is not used unasked.
    Connect-EpStore
    Push-Location $TestDrive
}

AfterAll {
    Pop-Location
    if ($sandbox) { Stop-EpSandbox $sandbox }
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe 'From codes to a mailing list' {
    BeforeAll {
        Get-EpPromotion -Name 'Summer Sale' |
            Request-EpPromotionCode -Count 5 -CodePrefix mailing -MaxUsesPerCode 1 -Path ./mailing-codes.csv | Out-Null
        $script:codes = (Import-Csv ./mailing-codes.csv).Code
    }

    It 'gives each recipient one of the codes of the run' {
        'Email,Name', 'mia@example.com,Mia', 'tom@example.com,Tom' | Set-Content ./list.csv

        $rows = Import-Csv ./list.csv | Merge-EpPromotionCode ./mailing.csv -Key Email -CodePath ./mailing-codes.csv

        $rows.Email | Should -Be 'mia@example.com', 'tom@example.com'
        $rows.CodeIsNew | Should -Be $true, $true
        $rows.Code | Should -BeIn $codes
        (Import-Csv ./mailing.csv).Code | Should -Be $rows.Code
        $script:first = $rows
    }

    It 'keeps the codes when the list is longer and in another order' {
        'Email,Name', 'ann@example.com,Ann', 'Tom@example.com,Thomas', 'mia@example.com,Mia' | Set-Content ./list-2.csv

        $rows = Import-Csv ./list-2.csv | Merge-EpPromotionCode ./mailing.csv -Key Email -CodePath ./mailing-codes.csv

        ($rows | Where-Object CodeIsNew).Name | Should -Be 'Ann'
        $rows[2].Code | Should -Be $first[0].Code
        $rows[1].Code | Should -Be $first[1].Code
        (Import-Csv ./mailing.csv).Name | Should -Be 'Ann', 'Thomas', 'Mia'
    }

    It 'reserves the codes of those who leave the list' {
        Import-Csv ./list-2.csv | Where-Object Name -NE 'Mia' |
            Merge-EpPromotionCode ./mailing.csv -Key Email -CodePath ./mailing-codes.csv -WarningVariable moved 3> $null | Out-Null

        $moved | Should -Match 'mailing.former.csv'
        (Import-Csv ./mailing.former.csv).Code | Should -Be $first[0].Code
        (Import-Csv ./mailing.csv).Name | Should -Be 'Ann', 'Thomas'
    }

    It 'says how many codes are missing and writes nothing' {
        $before = Get-Content -Raw ./mailing.csv
        'Email,Name' + "`n" + (1..9 -replace '(.+)', 'c$1@example.com,C$1' -join "`n") | Set-Content ./list-3.csv

        { Import-Csv ./list-3.csv | Merge-EpPromotionCode ./mailing.csv -Key Email -CodePath ./mailing-codes.csv } |
            Should -Throw -ErrorId 'TooFewCodes,EpPromo.PowerShell.MergeEpPromotionCodeCommand' -ExpectedMessage '*7 too few*'
        Get-Content -Raw ./mailing.csv | Should -Be $before
    }
}
