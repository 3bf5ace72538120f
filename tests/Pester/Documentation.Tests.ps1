#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The README and the recipes: their PowerShell runs as it stands there, section by section, and the files it writes are counted.

BeforeDiscovery {
    # A section is a heading with the PowerShell below it. Blocks that need a vault, a gallery, a key or another module's commands are left out.
    function Get-Section([string] $Page) {
        $heading = ''
        $code = $null
        foreach ($line in Get-Content ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', $Page))) {
            if ($null -eq $code) {
                if ($line -match '^#+ (?<heading>.+)') { $heading = $Matches.heading }
                if ($line -eq '```powershell') { $code = '' }
                continue
            }

            if ($line -eq '```') {
                if ($code -notmatch 'your-|Get-Secret|PSResource') { [pscustomobject]@{ Page = $Page; Heading = $heading; Code = $code } }
                $code = $null
                continue
            }

            $code += "$line`n"
        }
    }

    # These have tests of their own (Background.Tests.ps1), end with an error, or prepare what the tests prepare in another way.
    $left = 'Try it in the sandbox', 'In the background, and in parallel', 'Stop waiting after a while'
    $script:sections = 'README.md', 'docs/recipes.md' | ForEach-Object { Get-Section $_ } | Where-Object Heading -NotIn $left |
        Group-Object Page, Heading | ForEach-Object {
            @{ Page = $_.Group[0].Page; Heading = $_.Group[0].Heading; Code = $_.Group.Code -join '' }
        }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1') -Force
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')) -Force

    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $script:sandbox = Start-EpSandbox -ArgumentList '--port', '0', '--job-base', '100ms', '--per-code', '1ms', '--concurrent-jobs', '8', '--requests-per-second', '0'
    foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }

    # A named run ends with a final check, which waits for this time.
    $PSDefaultParameterValues['Connect-EpStore:ConsistencyWindow'] = '00:00:01'
    Connect-EpStore
    'Summer Sale' | Request-EpPromotionCode 5 -Name jul26 | Out-Null
    Push-Location $TestDrive

    # The number of rows of each file, by its promotion: the part of the file's name before the underscore.
    function Get-RowCount([string] $Folder) {
        $counts = @{}
        Get-ChildItem $Folder | ForEach-Object { $counts[$_.Name -replace '_.*'] += @(Import-Csv -LiteralPath $_.FullName).Count }
        $counts
    }

    # What a section finds when it begins.
    $script:prepare = @{ 'Watch what is open' = { 'Summer Sale' | New-EpPromotionJob 1000 -Name 'watched 0001/0001' } }

    # What each section must have left behind, however much the promotions had before.
    $script:checks = @{
        'EpPromo' = {
            $counts = Get-RowCount codes
            $counts.Keys | Sort-Object | Should -Be 'Summer Clearance', 'Summer Sale'
            $counts.Values | Should -Be 500, 500
            Get-ChildItem codes | Import-Csv | ForEach-Object code | Should -Match '^summer-'
        }
        'More than 1000 codes, from a table' = {
            $counts = Get-RowCount vip
            $counts['Summer Sale'] | Should -Be 2500
            $counts['Summer Clearance'] | Should -Be 600
        }
        'Promotions Standard' = {
            (Get-RowCount loyalty)['Loyalty Discount (Standard)'] | Should -Be 200
            @(Import-Csv loyalty26.csv).Count | Should -Be 1500
        }
        'Generate, wait, export' = { @(Import-Csv mailing-12.csv).Count | Should -Be 500 }
        'Get the codes as objects' = { $printed.Code.Count | Should -Be 3 }
        'Many promotions, from a CSV file' = {
            $counts = Get-RowCount batches
            $counts.Keys.Count | Should -Be 3
            $counts.Values | Should -Be 200, 200, 200
        }
        'Name a run to make it resumable' = { @(Import-Csv spring.csv).Count | Should -Be 2500 }
        'A table of promotions and counts' = {
            $counts = Get-RowCount may
            $counts['Summer Sale'] | Should -Be 1500
            $counts['Summer Clearance'] | Should -Be 600
        }
        'Export all codes of promotions' = {
            $counts = Get-RowCount (Get-Date -Format yyyy-MM-dd)
            foreach ($promotion in Get-EpPromotion | Where-Object { -not $_.Automatic }) {
                $made = $promotion | Get-EpPromotionJob -JobType code_generate -Status completed | Measure-Object Generated -Sum
                $counts[$promotion.Name] | Should -BeGreaterOrEqual $made.Sum -Because "all codes of $($promotion.Name) are exported"
            }
        }
        'From codes to a mailing list' = {
            $rows = @(Import-Csv (Get-ChildItem mailing.csv, newsletter.csv -ErrorAction Ignore))
            $rows.Name | Sort-Object | Should -Be @('Ann', 'Mia', 'Tom' | Where-Object { $Page -ne 'README.md' -or $_ -ne 'Ann' })
            @($rows.Code | Sort-Object -Unique).Count | Should -Be $rows.Count
            $rows.Code | Should -BeIn ('Summer Sale' | Get-EpPromotionJob -JobType code_generate -Newest 1 | Receive-EpPromotionJob).Code
        }
        'Codes of your own' = {
            (Get-EpPromotionCode 'Summer Clearance' -StartsWith HOTEL-).Code |
                Should -Be 'HOTEL-0001', 'HOTEL-0003', 'HOTEL-0004', 'HOTEL-VIP'
            (Get-EpPromotionCode 'Summer Clearance' -Code HOTEL-0004).MaxUses | Should -Be 1
            (Get-EpPromotionCode 'Summer Clearance' -Code HOTEL-VIP).MaxUses | Should -BeNullOrEmpty
            Get-EpPromotionCode 'Summer Sale' -StartsWith HOTEL- | Should -BeNullOrEmpty
        }
        'Which codes of a run were used' = {
            @(Import-Csv used.csv).Count | Should -Be 7
            Import-Csv used.csv | ForEach-Object Code | Should -Match '^club26-'
            $unused = Receive-EpPromotionJob -Run club26 | Where-Object Code -NotIn (Import-Csv used.csv).Code
            $unused.Count | Should -Be 13
            $unused.Uses | Should -Be (@(1) * 13) -Because 'nobody used these'
            $printed[0].Used | Should -Be 7
        }
        'A weekly report' = {
            $uses = Get-EpPromotion | Get-EpPromotionUsage -Since (Get-Date).Date.AddDays(-7) -Before (Get-Date).Date
            $uses.Count | Should -BeGreaterThan 0
            (Import-Csv week.csv | Measure-Object Uses -Sum).Sum | Should -Be ($uses | Measure-Object TimesUsed -Sum).Sum
            @(Import-Csv promotions.csv).Count | Should -Be @(Get-EpPromotion | Where-Object { -not $_.Automatic }).Count
        }
        'Change promotions' = {
            ($copy | Get-EpPromotion).RuleSet.ToString() | Should -Be (Get-EpPromotion 'Summer Sale').RuleSet.ToString()
            $copy.Enabled | Should -BeFalse
        }
        'Promotions as a file' = {
            @($printed | Where-Object Applied).Count | Should -Be 4
            @(Sync-EpPromotion ./promotions.yaml -WhatIf).Count | Should -Be 0
            ('Late Sale' | Get-EpPromotionRun -Name late27).Generated | Should -Be 500
        }
        'Watch what is open' = { "$($printed.Name) $($printed.Status) $($printed.Generated)" | Should -Be 'watched completed 1000' }
        'Retry what failed' = { $printed[-1].Generated | Should -Be 30 }
        'Cancel a job' = { $job | Wait-EpPromotionJob -ErrorAction Ignore | Should -BeNullOrEmpty -Because 'it was cancelled' }
    }
}

AfterAll {
    Pop-Location
    $PSDefaultParameterValues.Remove('Connect-EpStore:ConsistencyWindow')
    if ($sandbox) { Stop-EpSandbox $sandbox }
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe 'The PowerShell in <Page>' -ForEach ($sections | Group-Object { $_.Page } | ForEach-Object { @{ Page = $_.Name; Sections = $_.Group } }) {
    BeforeAll {
        New-Item -ItemType Directory "$TestDrive/$($Page -replace '\W')" -Force | Set-Location
    }

    It '<Heading>' -ForEach $Sections {
        $ErrorActionPreference = 'Stop'
        if ($prepare.ContainsKey($Heading)) { $null = . $prepare[$Heading] }
        $printed = @(. ([scriptblock]::Create($Code)) 3>$null)

        if ($checks.ContainsKey($Heading)) { . $checks[$Heading] }
        Connect-EpStore
    }

    It 'has no ids' {
        $Sections.Code -match '[0-9a-f]{8}-[0-9a-f]{4}-' | Should -BeNullOrEmpty
    }
}

Describe 'The checks' {
    It 'are of sections that exist' -ForEach @{ Headings = $sections.Heading } {
        $checks.Keys | Should -BeIn $Headings
        $prepare.Keys | Should -BeIn $Headings
    }
}
