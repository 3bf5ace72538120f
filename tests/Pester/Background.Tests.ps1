#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# The module in thread jobs, in ForEach-Object -Parallel and in background jobs: which store they use, and what comes back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1') -Force
    $script:module = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')
    Import-Module $module -Force

    $script:sandbox = Start-EpSandbox -ArgumentList '--port', '0', '--job-base', '100ms', '--per-code', '2ms', '--concurrent-jobs', '8', '--requests-per-second', '0'
    $script:address = $sandbox.Settings.EPCC_API_BASE_URL
    $script:key = [pscredential]::new($sandbox.Settings.EPCC_CLIENT_ID, (ConvertTo-SecureString $sandbox.Settings.EPCC_CLIENT_SECRET -AsPlainText -Force))
    $script:store = Connect-EpStore -BaseUri $address -Credential $key -Name live -PassThru
    $script:promotions = Get-EpPromotion -Name 'Summer*'
    $script:one = $promotions[0]

    function Wait-Active { while (-not ($one | Get-EpPromotionJob -Status pending, processing)) { Start-Sleep -Milliseconds 20 } }
}

AfterAll {
    Disconnect-EpStore -Store $store
    if ($sandbox) { Stop-EpSandbox $sandbox }
}

Describe 'Start-ThreadJob' -Tag PowerShell7 {
    It 'uses the store that the objects came from' {
        $jobs = Start-ThreadJob { Import-Module $using:module; $using:promotions | New-EpPromotionJob 3 | Wait-EpPromotionJob } |
            Receive-Job -Wait -AutoRemoveJob
        $jobs.PromotionName | Sort-Object | Should -Be 'Summer Clearance', 'Summer Sale'
        $jobs.Store | Should -Be 'live', 'live'
        $jobs[0] | Should -BeOfType EpPromo.PromotionJob
    }

    It 'uses the store of -Store for names' {
        $run = Start-ThreadJob { Import-Module $using:module; 'summer sale' | Request-EpPromotionCode 3 -Store $using:store } |
            Receive-Job -Wait -AutoRemoveJob
        $run.Generated | Should -Be 3
    }

    It 'leaves the store of the caller open' {
        Get-EpPromotion | Should -Not -BeNullOrEmpty
    }

    It 'stops at Stop-Job, and the job continues in the store' {
        $wait = Start-ThreadJob { Import-Module $using:module; $using:one | New-EpPromotionJob 500 | Wait-EpPromotionJob }
        Wait-Active
        $wait | Stop-Job
        $wait.State | Should -Be 'Stopped'
        $wait.Warning | Should -Match 'Jobs that had not ended: 1\. They continue in the store'
        $wait | Remove-Job
        ($one | Get-EpPromotionJob -Status pending, processing | Wait-EpPromotionJob).Generated | Should -Be 500
    }
}

Describe 'ForEach-Object -Parallel' -Tag PowerShell7 {
    It 'uses the store that the objects came from' {
        $jobs = $promotions | ForEach-Object -Parallel { Import-Module $using:module; $_ | New-EpPromotionJob 3 | Wait-EpPromotionJob }
        $jobs.PromotionName | Sort-Object | Should -Be 'Summer Clearance', 'Summer Sale'
        $jobs.Store | Should -Be 'live', 'live'
    }
}

Describe 'Start-Job' {
    It 'connects for itself, and its output can be piped on' {
        $jobs = Start-Job {
            Import-Module $using:module
            Connect-EpStore -BaseUri $using:address -Credential $using:key -Name live
            $using:promotions | New-EpPromotionJob 3 | Wait-EpPromotionJob
        } | Receive-Job -Wait -AutoRemoveJob

        $jobs[0].pstypenames[0] | Should -Be 'Deserialized.EpPromo.PromotionJob'
        ($jobs | Get-EpPromotionJob).Status | Should -Be 'completed', 'completed'
        @($jobs | Receive-EpPromotionJob).Count | Should -Be 6
    }

    It 'returns the rows of an export with all columns of the file' {
        $rows = Start-Job {
            Import-Module $using:module
            Connect-EpStore -BaseUri $using:address -Credential $using:key -Name live
            $using:one | New-EpPromotionJob -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
        } | Receive-Job -Wait -AutoRemoveJob

        $rows[0].pstypenames[0, 1] | Should -Be 'Deserialized.EpPromo.ExportedCode', 'Deserialized.EpPromo.PromotionCode'
        $rows[0].created_by | Should -Not -BeNullOrEmpty
        $rows | Out-String | Should -Match '(?m)^Code +Promotion +MaxUses'
        $rows | Add-EpPromotionCode -SkipExisting -WarningVariable warnings | Should -BeNullOrEmpty
        ($one | Get-EpPromotionCode).Count | Should -Be $rows.Count
    }

    It 'stops at Stop-Job, and the job continues in the store' {
        $wait = Start-Job {
            Import-Module $using:module
            Connect-EpStore -BaseUri $using:address -Credential $using:key -Name live
            $using:one | New-EpPromotionJob 500 | Wait-EpPromotionJob
        }
        Wait-Active
        $wait | Stop-Job
        $wait | Remove-Job
        ($one | Get-EpPromotionJob -Status pending, processing | Wait-EpPromotionJob).Generated | Should -Be 500
    }
}
