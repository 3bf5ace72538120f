#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Every example of the help pages runs as it stands there, in the order of its page, against a sandbox of the page's own. It ends with the error
# that the page shows, or with none, and its table has the columns that the page shows.

BeforeDiscovery {
    # The examples of a page: the PowerShell of each, and the output that it shows.
    function Get-Example([System.IO.FileInfo] $Page) {
        $fence = '```'
        $text = (Get-Content -Raw -LiteralPath $Page.FullName) -replace "`r"
        $examples = [regex]::Match($text, '(?s)\n## Examples\n(?<it>.*?)(?=\n## |$)').Groups['it'].Value
        foreach ($example in [regex]::Matches($examples, '(?s)\n### (?<title>[^\n]+)\n(?<body>.*?)(?=\n### |$)')) {
            $body = $example.Groups['body'].Value
            @{
                Title  = $example.Groups['title'].Value
                Code   = ([regex]::Matches($body, "(?s)\n${fence}powershell\n(.*?)\n$fence") | ForEach-Object { $_.Groups[1].Value }) -join "`n"
                Output = [regex]::Match($body, "(?s)\n${fence}text\n(.*?)\n$fence").Groups[1].Value
            }
        }
    }

    $script:pages = Get-ChildItem ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'docs', 'help')) -Filter *-Ep*.md | ForEach-Object {
        @{ Command = $_.BaseName; Examples = @(Get-Example $_) }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1') -Force
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')) -Force

    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET', 'LIVE_URL', 'STAGE_URL') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }

    # A final check waits for this time.
    $PSDefaultParameterValues['Connect-EpStore:ConsistencyWindow'] = '00:00:01'

    # Stands in for a vault.
    function global:Get-Secret { [pscredential]::new($env:EPCC_CLIENT_ID, (ConvertTo-SecureString $env:EPCC_CLIENT_SECRET -AsPlainText -Force)) }

    # The options of a page's sandbox, where the usual ones do not fit: jobs that do not end, or take some time.
    $never = '--job-base', '01:00:00'
    $script:options = @{
        'Get-EpPromotionJob'      = $never
        'Get-EpPromotionRun'      = '--per-code', '00:00:00.001'
        'Request-EpPromotionCode' = '--per-code', '00:00:00.002'
        'Stop-EpPromotionJob'     = $never
        'Watch-EpPromotionRun'    = '--job-base', '00:00:03', '--per-code', '0ms'
    }

    # What the examples of a page find when they begin, and, with a title, what one example finds.
    $script:prepare = @{
        'Connect-EpStore'        = {
            $env:LIVE_URL = $env:STAGE_URL = $env:EPCC_API_BASE_URL
            $global:liveKey = $global:stageKey = Get-Secret
            "Name,BaseUri,ReadOnly,MaxRequestsPerSecond`nlive,$env:EPCC_API_BASE_URL,true,25`nstage,$env:EPCC_API_BASE_URL,false,25" | Set-Content stores.csv
        }
        'Copy-EpPromotion'       = { Connect-EpStore -Name main }
        'Copy-EpPromotion: To another store' = {
            $script:second = Start-EpSandbox -ArgumentList '--port', '0'
            Connect-EpStore -Name other -BaseUri $second.Settings.EPCC_API_BASE_URL -Credential (Get-Secret)
            Get-EpPromotion 'Summer*' -Store other | Remove-EpPromotion -Force
        }
        'Disconnect-EpStore'     = { Connect-EpStore -Name live; $global:test = Connect-EpStore -Name test -PassThru }
        'Export-EpPromotionCode' = { Get-EpPromotion 'Summer*' | Request-EpPromotionCode 5 -Name bf26 }
        'Export-EpPromotionReport: Runs by name' = { 'Summer Sale' | Request-EpPromotionCode 3 -Name xmas26 }
        'Get-EpPromotionCode'    = { Add-EpPromotionCode june-22ev-gms6 -Promotion 'Summer Sale' }
        'Get-EpPromotionJob'     = { 'Summer Sale' | Request-EpPromotionCode 4000 -Name xmas26 -Timeout 0.5 -ErrorAction Ignore }
        'Get-EpPromotionRun'     = {
            Get-EpPromotion 'Summer*' | Request-EpPromotionCode 5 -Name bf26
            'Black Friday' | Request-EpPromotionCode 1500 -Name xmas26 -Timeout 0.5 -ErrorAction Ignore
            'Summer Sale' | Request-EpPromotionCode 900 -Name jul26 -Timeout 0.5 -ErrorAction Ignore
            Get-EpPromotionJob 'Summer Sale' -Status pending, processing | Stop-EpPromotionJob -Force -Wait
        }
        'Get-EpPromotionRun: Cancel the active jobs of a run' = {
            'Summer Clearance' | Request-EpPromotionCode 900 -Name jul26 -Timeout 0.5 -ErrorAction Ignore
        }
        'Get-EpPromotionUsage'   = { "Promotion,Code`nSummer Sale,none-1" | Set-Content codes.csv }
        'Merge-EpPromotionCode'  = {
            "Email,Name`nmia@example.com,Mia`ntom@example.com,Tom" | Set-Content list.csv
            "Email,Name`nmia@example.com,Mia`ntom@example.com,Tom`nann@example.com,Ann" | Set-Content list-2.csv
            'Code', 'one-1', 'one-2', 'one-3', 'one-4' | Set-Content codes.csv
        }
        'Merge-EpPromotionCode: Codes from a run' = {
            Remove-Item mailing.csv
            "CustomerNumber`n1`n2" | Set-Content list.csv
        }
        'Merge-EpPromotionCode: See what would happen' = { Remove-Item mailing.csv }
        'New-EpPromotion'        = {
            $rules = (Get-EpPromotion 'Summer Sale').RuleSet.ToString()
            $rules | Set-Content rules.json
            [pscustomobject]@{ Name = 'From a table'; RuleSet = $rules } | Export-Csv promotions.csv
        }
        'New-EpPromotionJob'     = { "Promotion,NumberOfCodes`nSummer Sale,3`nSummer Sale,4" | Set-Content batches.csv }
        'Receive-EpPromotionJob' = { Get-EpPromotion 'Summer*' | Request-EpPromotionCode 5 -Name bf26 }
        'Remove-EpPromotionCode' = {
            'HOTEL-1', 'HOTEL-2', 'HOTEL-3', 'BACK-1' | Add-EpPromotionCode -Promotion 'Summer Sale'
            'Code', 'BACK-1' | Set-Content returned.csv
        }
        'Request-EpPromotionCode' = { "Promotion,Count,CodePrefix`nSummer Sale,2500,sp`nSummer Clearance,3,sp" | Set-Content plan.csv }
        'Set-EpPromotion'        = { "Promotion,Priority`nSummer Sale,3" | Set-Content changes.csv }
        'Stop-EpPromotionJob'    = { 'Summer Sale' | New-EpPromotionJob 1000 }
        'Watch-EpPromotionRun'   = { Get-EpPromotion 'Summer*' | Request-EpPromotionCode 5 -Name bf26 -Timeout 0.5 -ErrorAction Ignore }
        'Wait-EpPromotionJob: Continue with the first job that ends' = { $global:jobs = Get-EpPromotion 'Summer*' | New-EpPromotionJob 3 }
    }

    # The table that a text shows: the words of the line above the dashes. Empty if it shows none.
    function Get-Header([string] $Text) {
        $lines = $Text -split "`n"
        $rule = [array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0] -match '^\s*-+(\s+-+)*\s*$' })
        if ($rule -gt 0) { ($lines[$rule - 1].Trim() -split '\s+') -join ' ' }
    }
}

AfterAll {
    Remove-Item Function:\Get-Secret
    $PSDefaultParameterValues.Remove('Connect-EpStore:ConsistencyWindow')
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe '<Command>' -ForEach $pages {
    BeforeAll {
        $arguments = '--port', '0', '--requests-per-second', '0', '--concurrent-jobs', '8'
        $arguments += if ($options.ContainsKey($Command)) { $options[$Command] } else { '--job-base', '100ms', '--per-code', '0ms' }
        $script:sandbox = Start-EpSandbox -ArgumentList $arguments
        $script:second = $null
        foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }
        Get-EpStore | Disconnect-EpStore
        Connect-EpStore
        New-Item -ItemType Directory "$TestDrive/$Command" | Push-Location
        if ($prepare.ContainsKey($Command)) { $null = . $prepare[$Command] }
    }

    AfterAll {
        Pop-Location
        $sandbox, $second | Where-Object { $_ } | ForEach-Object { Stop-EpSandbox $_ }
    }

    It 'has two examples or more' { $Examples.Count | Should -BeGreaterOrEqual 2 }

    It '<Title>' -ForEach ($Examples | Where-Object Code -NotMatch 'your-client-id') {
        if ($prepare.ContainsKey("${Command}: $Title")) { $null = . $prepare["${Command}: $Title"] }

        # The example that starts a sandbox's session names the port of the README.
        $script = [scriptblock]::Create($Code.Replace('http://127.0.0.1:8420', $sandbox.Settings.EPCC_API_BASE_URL))
        # No questions: these would wait for an answer, except in a shell that is not interactive, where they are errors.
        $ConfirmPreference = 'None'
        $printed = @()
        try { $printed = @(. $script 2>&1 3>$null) } catch { $printed += $_ }
        $errors = @($printed | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $table = $printed | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-String -Width 80

        if ($Output -match "^(?<command>\w+-\w+):") {
            $errors.Count | Should -Be 1
            $errors[0].InvocationInfo.InvocationName | Should -Be $Matches.command
            return
        }

        $errors | Should -BeNullOrEmpty
        $header = Get-Header $Output
        if ($header) { Get-Header $table | Should -Be $header }
    }
}
