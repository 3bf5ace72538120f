#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The samples for unattended use. Each runs in a process of its own, as under a scheduler.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1'), (Join-Path $PSScriptRoot 'Shell.psm1') -Force
    $script:repository = Split-Path (Split-Path $PSScriptRoot)
    $script:manifest = [System.IO.Path]::Combine($repository, 'out', 'EpPromo', 'EpPromo.psd1')
    Import-Module $manifest -Force
    $script:runbooks = [System.IO.Path]::Combine($repository, 'samples', 'runbooks')

    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $script:sandbox = Start-EpSandbox -ArgumentList '--port', '0', '--job-base', '50ms', '--per-code', '0ms', '--concurrent-jobs', '8'
    foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }

    # Another file may have connected in this process: after that, the environment's store is not used unasked.
    Connect-EpStore

    function Invoke-Runbook([string] $Command) {
        $script:printed = Invoke-EpShell -Command "Import-Module '$manifest'; $Command; exit `$LASTEXITCODE" 2>&1
        $LASTEXITCODE
    }

    function Get-BatchSize([string] $Name) {
        @(Get-EpPromotion | Get-EpPromotionJob -JobType code_generate -Name $Name).Count
    }
}

AfterAll {
    if ($sandbox) { Stop-EpSandbox $sandbox }
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe 'New-PromotionCode.ps1' {
    It 'creates a batch once, however often it is started' {
        $run = "& '$runbooks/New-PromotionCode.ps1' -Promotion 'Summer*' -Batch 'Mailing' -NumberOfCodes 20 -Folder '$TestDrive/codes'"

        Invoke-Runbook $run | Should -Be 0 -Because $printed
        Invoke-Runbook $run | Should -Be 0 -Because $printed

        Get-BatchSize 'Mailing' | Should -Be 2
        $files = Get-ChildItem "$TestDrive/codes"
        $files.Count | Should -Be 2
        $files | ForEach-Object { @(Import-Csv $_).Count | Should -Be 20 -Because "$_ has the codes of the batch only" }
        "$printed" | Should -Match 'Summer Sale: 20 codes in '
        (Get-EpPromotion).PromotionId | ForEach-Object { "$printed" | Should -Not -Match $_ -Because 'people know the promotions by name' }
    }

    It 'ends with 1 when a promotion did not get its codes' {
        $run = "& '$runbooks/New-PromotionCode.ps1' -Promotion 'Welcome*' -Batch 'Too many' -NumberOfCodes 500 -Folder '$TestDrive/none'"

        Invoke-Runbook $run | Should -Be 1
        "$printed" | Should -Match 'limit'
    }

    Context 'when a promotion has two jobs of the batch''s name' {
        BeforeAll {
            foreach ($time in 1..2) {
                Get-EpPromotion 'Summer Sale' | New-EpPromotionJob -Name Twice -NumberOfCodes 5 | Wait-EpPromotionJob
            }
            Get-BatchSize 'Twice' | Should -Be 2
        }

        It 'does not count them for another promotion' {
            $run = "& '$runbooks/New-PromotionCode.ps1' -Promotion '*m*' -Batch 'Twice' -NumberOfCodes 500 -Folder '$TestDrive/twice'"

            Invoke-Runbook $run | Should -Be 1 -Because $printed

            "$printed" | Should -Match '2 of 3 promotions are done'
            (Get-ChildItem "$TestDrive/twice").Count | Should -Be 2
        }

        It 'counts it once' {
            $run = "& '$runbooks/New-PromotionCode.ps1' -Promotion 'Summer Sale' -Batch 'Twice' -NumberOfCodes 5 -Folder '$TestDrive/once'"

            Invoke-Runbook $run | Should -Be 0 -Because $printed

            @($printed) -match '\.csv' | Should -HaveCount 1
            @(Get-ChildItem "$TestDrive/once" | Import-Csv).Count | Should -Be 5
            "$printed" | Should -Match '1 of 1 promotions are done'
        }
    }

    It 'ends with 2 when it cannot connect' {
        $run = "`$env:EPCC_CLIENT_SECRET = 'wrong'; & '$runbooks/New-PromotionCode.ps1' -Promotion 'Summer*' -Batch 'x' " +
            "-NumberOfCodes 1 -Folder '$TestDrive/none'"

        Invoke-Runbook $run | Should -Be 2
    }
}

Describe 'Request-PromotionCode.ps1' {
    It 'generates exactly the requested codes when three workers share the promotions' {
        foreach ($share in 1..3) {
            $run = "& '$runbooks/Request-PromotionCode.ps1' -Promotion 'S*' -Name shared -Count 25 -CodePrefix shared " +
                "-Share $share -Shares 3 -Folder '$TestDrive/shared' -ConsistencyWindow 00:00:01"
            Invoke-Runbook $run | Should -Be 0 -Because $printed
        }

        $files = Get-ChildItem "$TestDrive/shared"
        $files.Count | Should -BeGreaterThan 1
        $files | ForEach-Object { @(Import-Csv $_).Count | Should -Be 25 }
        Get-BatchSize 'shared *' | Should -Be $files.Count
    }

    It 'is an error when a promotion did not get its codes' {
        $run = "& '$runbooks/Request-PromotionCode.ps1' -Promotion 'Welcome*' -Name many -Count 5000 -ConsistencyWindow 00:00:01"

        Invoke-Runbook $run | Should -Be 1
        "$printed" | Should -Match 'limit'
    }

    It 'is an error when <Case>' -ForEach @(
        @{ Case = 'the share does not exist'; Arguments = '-Share 3 -Shares 2'; Message = 'Share 3 of 2 does not exist' }
        @{ Case = 'shares begin with 0'; Arguments = '-Share 0 -Shares 2'; Message = "parameter 'Share'" }
        @{ Case = 'there are no shares'; Arguments = '-Shares 0'; Message = "parameter 'Shares'" }
        @{ Case = 'no promotion matches'; Arguments = ''; Message = "No promotion matches 'Nothing\*'" }
    ) {
        # GitHub Actions starts a step this way, so that a rejected parameter ends it as well.
        $run = "`$ErrorActionPreference = 'Stop'; " +
            "& '$runbooks/Request-PromotionCode.ps1' -Promotion 'Nothing*' -Name none -Count 5 $Arguments"

        Invoke-Runbook $run | Should -Be 1
        "$printed" | Should -Match $Message
    }
}

Describe 'azure-automation/Publish-PromotionCode.ps1' {
    BeforeAll {
        # Stand-ins for the commands that Azure Automation provides.
        $script:azure = '
            function Get-AutomationPSCredential($Name) {
                [pscredential]::new($env:EPCC_CLIENT_ID, (ConvertTo-SecureString $env:EPCC_CLIENT_SECRET -AsPlainText -Force))
            }
            function Connect-AzAccount([switch] $Identity) { }
            function New-AzStorageContext($StorageAccountName, [switch] $UseConnectedAccount) { "context" }
            function Set-AzStorageBlobContent($Context, $Container, $File, $Blob, [switch] $Force) { Copy-Item $File $env:BLOB }
            '
    }

    It 'uploads the file and leaves no copy behind' {
        $run = "$azure; `$env:BLOB = '$TestDrive/blob.csv'; & '$runbooks/azure-automation/Publish-PromotionCode.ps1' -Promotion 'Black Friday' " +
            "-Batch 'bf' -NumberOfCodes 5 -BaseUri `$env:EPCC_API_BASE_URL -StorageAccount any"

        Invoke-Runbook $run | Should -Be 0 -Because $printed

        @(Import-Csv "$TestDrive/blob.csv").Count | Should -Be 5
        Get-BatchSize 'bf' | Should -Be 1
    }

    It 'is an error when not exactly one promotion matches' {
        $run = "$azure; & '$runbooks/azure-automation/Publish-PromotionCode.ps1' -Promotion 'Summer*' -Batch 'two' -NumberOfCodes 5 " +
            "-BaseUri `$env:EPCC_API_BASE_URL -StorageAccount any"

        Invoke-Runbook $run | Should -Be 1
        "$printed" | Should -Match '2 promotions match'
        Get-BatchSize 'two' | Should -Be 0
    }
}
