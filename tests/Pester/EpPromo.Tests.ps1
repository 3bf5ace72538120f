#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Operator scenarios, in a real shell, against a sandbox in a process of its own.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1'), (Join-Path $PSScriptRoot 'Shell.psm1') -Force
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')) -Force

    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $script:sandbox = Start-EpSandbox -ArgumentList '--port', '0', '--job-base', '100ms', '--per-code', '0ms', '--concurrent-jobs', '8', '--requests-per-second', '0'
    foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }

    # Another file may have connected in this process: after that, the environment's store is not used unasked.
    Connect-EpStore
}

AfterAll {
    if ($sandbox) { Stop-EpSandbox $sandbox }
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe 'Connecting' {
    # Without parameters: as at the start, the environment's store is the default.
    AfterEach { Connect-EpStore }

    It 'imports without a warning' {
        $import = "Import-Module '$((Get-Module EpPromo).Path)'"
        $printed = Invoke-EpShell -Command "$import 3>&1 2>&1"
        $printed | Should -BeNullOrEmpty
    }

    It 'uses the environment variables without Connect-EpStore' {
        Invoke-EpShell -Command "Import-Module '$((Get-Module EpPromo).Path)'; (Get-EpPromotion 'Summer Sale').Name" | Should -Be 'Summer Sale'
    }

    It 'connects with -Debug in a non-interactive shell' {
        $script = "Import-Module '$((Get-Module EpPromo).Path)'; Connect-EpStore -Debug 4>`$null 5>`$null; (Get-EpStore).Requests"
        Invoke-EpShell -Command $script | Should -Be 1
    }

    It 'accepts a credential' {
        $secret = ConvertTo-SecureString $env:EPCC_CLIENT_SECRET -AsPlainText -Force
        $credential = [pscredential]::new($env:EPCC_CLIENT_ID, $secret)
        $store = Connect-EpStore -Credential $credential -BaseUri $env:EPCC_API_BASE_URL -PassThru
        $store.ClientId | Should -Be $env:EPCC_CLIENT_ID
        ($store | Format-List * | Out-String) | Should -Not -Match ([regex]::Escape($env:EPCC_CLIENT_SECRET))
        ($store | ConvertTo-Json -Depth 5) | Should -Not -Match ([regex]::Escape($env:EPCC_CLIENT_SECRET))
    }

    It 'rejects a wrong secret with an error that recommends an action' {
        $wrong = ConvertTo-SecureString 'wrong' -AsPlainText -Force
        { Connect-EpStore -ClientId $env:EPCC_CLIENT_ID -ClientSecret $wrong } |
            Should -Throw -ErrorId 'LoginRefused,EpPromo.PowerShell.ConnectEpStoreCommand'
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'uses no store after a failed Connect-EpStore until another succeeds' {
        $wrong = ConvertTo-SecureString 'wrong' -AsPlainText -Force
        { Connect-EpStore -ClientId $env:EPCC_CLIENT_ID -ClientSecret $wrong } | Should -Throw
        { Get-EpPromotion } | Should -Throw -ErrorId 'ConnectFailed,EpPromo.PowerShell.GetEpPromotionCommand'
        Connect-EpStore
        Get-EpPromotion | Should -Not -BeNullOrEmpty
    }
}

Describe 'Generating, waiting, exporting' {
    BeforeAll { $script:promotion = Get-EpPromotion -Name 'Summer*' | Select-Object -First 1 }

    It 'generates, waits and exports in one pipeline' {
        $files = $promotion | New-EpPromotionJob -NumberOfCodes 50 -CodePrefix summer -MaxUsesPerCode 1 |
            Wait-EpPromotionJob | Export-EpPromotionCode -Path (Join-Path $TestDrive 'codes')

        $files | Should -BeOfType System.IO.FileInfo
        $files.Codes | Should -Be 50
        $rows = @(Import-Csv $files.FullName)
        $rows.Count | Should -Be 50 -Because 'the older codes of the promotion were not asked for'
        $rows.code | Should -Match '^summer'
    }

    It 'returns the rows of an export as objects' {
        $rows = $promotion | New-EpPromotionJob -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
        $rows[0].Code | Should -Not -BeNullOrEmpty
        $rows[0].PromotionId | Should -Be $promotion.PromotionId
    }

    It 'stops early when Select-Object needs no more objects' {
        @($promotion | Get-EpPromotionJob | Select-Object -First 1).Count | Should -Be 1
    }

    It 'waits for jobs that another session started' {
        $job = $promotion | New-EpPromotionJob -NumberOfCodes 5
        $row = $job | Select-Object PromotionId, JobId | ConvertTo-Csv | ConvertFrom-Csv
        ($row | Wait-EpPromotionJob -Timeout 60).Status | Should -Be 'completed'
    }

    It 'stops no job with -WhatIf' {
        $job = $promotion | New-EpPromotionJob -NumberOfCodes 5
        $job | Stop-EpPromotionJob -WhatIf | Should -BeNullOrEmpty
        ($job | Wait-EpPromotionJob).Status | Should -Be 'completed'
    }

    It 'keeps a file with -NoClobber' {
        $file = Join-Path $TestDrive 'kept.csv'
        Set-Content $file 'mine'
        $promotion | Export-EpPromotionCode -Path $file -NoClobber -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'FileExists,EpPromo.PowerShell.ExportEpPromotionCodeCommand'
        Get-Content $file | Should -Be 'mine'
    }

    It 'reports an error that a script can catch' {
        { New-EpPromotionJob -Promotion ([guid]::NewGuid()) -NumberOfCodes 5 -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotFound,EpPromo.PowerShell.NewEpPromotionJobCommand'
    }
}

Describe 'The sample' {
    It 'runs unchanged' {
        $script = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples', 'quickstart.ps1')
        $printed = (Invoke-EpShell -File $script -NumberOfCodes 20 -Folder (Join-Path $TestDrive 'quick')) -join "`n"
        $LASTEXITCODE | Should -Be 0

        $files = Get-ChildItem (Join-Path $TestDrive 'quick')
        $files.Count | Should -Be 2
        foreach ($file in $files) {
            $codes = (Import-Csv $file).code
            $codes.Count | Should -Be 20
            $jobs = Get-EpPromotion ($file.Name -replace '_.*') | Get-EpPromotionJob -JobType code_generate -Newest 1
            $codes | Sort-Object | Should -Be (($jobs | Receive-EpPromotionJob).Code | Sort-Object)
        }

        $shown = [regex]::Matches($printed, '(?m)^summer(-\w{4}){2}').Value
        $shown | Should -HaveCount 3
        $shown | Should -BeIn (Import-Csv $files).code
    }
}
