#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

# Traces of a session that only a complete shell produces: transcripts, lists, JSON, Clixml, Get-Error.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Sandbox.psm1'), (Join-Path $PSScriptRoot 'Shell.psm1') -Force
    $script:manifest = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')
    $script:kept = @{}
    foreach ($name in 'EPCC_API_BASE_URL', 'EPCC_CLIENT_ID', 'EPCC_CLIENT_SECRET', 'TEST_WRONG_SECRET', 'TEST_TOKEN') {
        $kept[$name] = [Environment]::GetEnvironmentVariable($name)
    }
    $script:sandbox = Start-EpSandbox -ArgumentList @(
        '--port', '0', '--job-base', '50ms', '--per-code', '0ms', '--concurrent-jobs', '8', '--requests-per-second', '0', '--client-secret', 's3cret+of/the=client'
        '--fault', '"endpoint=job-cancel action=status status=422"')
    foreach ($name in $sandbox.Settings.Keys) { [Environment]::SetEnvironmentVariable($name, $sandbox.Settings[$name]) }

    $login = @{ grant_type = 'client_credentials'; client_id = $env:EPCC_CLIENT_ID; client_secret = $env:EPCC_CLIENT_SECRET }
    $response = Invoke-RestMethod -Method Post -Uri "$env:EPCC_API_BASE_URL/oauth/access_token" -Body $login
    $env:TEST_TOKEN = $response.access_token
    $env:TEST_WRONG_SECRET = 'wr0ng+s3cret/of=nobody'
    $script:secrets = @(
        foreach ($secret in $env:EPCC_CLIENT_SECRET, $env:TEST_WRONG_SECRET, $env:TEST_TOKEN) { $secret; [uri]::EscapeDataString($secret) }
        'Bearer '
        'client_secret='
        'Signature='
    )

    function Get-Leak([string] $Text) { $secrets | Where-Object { $Text.IndexOf($_, [StringComparison]::OrdinalIgnoreCase) -ge 0 } }

    # Runs a script in a shell of its own, with a transcript, and returns everything that it printed and recorded.
    function Get-Trace([string] $Script) {
        $transcript = Join-Path $TestDrive 'transcript.txt'
        $file = Join-Path $TestDrive 'session.ps1'
        Set-Content $file @"
`$VerbosePreference = `$DebugPreference = 'Continue'
Start-Transcript -Path '$transcript' | Out-Null
Import-Module '$manifest' -Verbose:`$false
function Protect(`$name) { ConvertTo-SecureString ([Environment]::GetEnvironmentVariable(`$name)) -AsPlainText -Force }
$Script
Stop-Transcript | Out-Null
"@
        $printed = Invoke-EpShell -File $file *>&1 | Out-String
        $written = Get-Content $transcript -Raw
        Remove-Item $transcript
        $printed + $written
    }
}

AfterAll {
    if ($sandbox) { Stop-EpSandbox $sandbox }
    foreach ($name in $kept.Keys) { [Environment]::SetEnvironmentVariable($name, $kept[$name]) }
}

Describe 'Transcripts' {
    It 'contain no secret of a successful session' {
        $trace = Get-Trace @'
Connect-EpStore -ClientId $env:EPCC_CLIENT_ID -ClientSecret (Protect EPCC_CLIENT_SECRET) -BaseUri $env:EPCC_API_BASE_URL -PassThru
$jobs = Get-EpPromotion -Name 'Summer*' | New-EpPromotionJob -NumberOfCodes 3 | Wait-EpPromotionJob
$jobs | Export-EpPromotionCode -Path (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())) | Remove-Item
$jobs | Format-List *
Get-EpStore | Format-List *
'@
        $trace | Should -Match 'POST oauth/access_token .* 200'
        Get-Leak $trace | Should -BeNullOrEmpty
    }

    It 'contain no secret of a failing session' {
        $trace = Get-Trace @'
Connect-EpStore -ClientId $env:EPCC_CLIENT_ID -ClientSecret (Protect TEST_WRONG_SECRET) -BaseUri $env:EPCC_API_BASE_URL
Connect-EpStore -AccessToken (Protect TEST_WRONG_SECRET) -BaseUri $env:EPCC_API_BASE_URL
Connect-EpStore -AccessToken (Protect TEST_TOKEN) -BaseUri $env:EPCC_API_BASE_URL
New-EpPromotionJob -Promotion ([guid]::NewGuid()) -NumberOfCodes 3
Get-EpPromotion -Name 'Summer*' | Get-EpPromotionJob | Stop-EpPromotionJob -Force
Get-EpPromotionJob '../../x'
if (Get-Command Get-Error -ErrorAction Ignore) { Get-Error -Newest 10 }
$Error | Format-List * -Force
$Error | ForEach-Object { $_.Exception.ToString(); $_.InvocationInfo | Format-List * -Force }
'@
        $trace | Should -Match 'LoginRefused'
        $trace | Should -Match 'AccessTokenExpired'
        $trace | Should -Match 'JobNotCancellable|RequestRefused'
        Get-Leak $trace | Should -BeNullOrEmpty
    }
}

Describe 'Serialized objects' {
    It 'contain no secret as <Form>' -TestCases @(
        @{ Form = 'JSON'; Write = { param($Value) $Value | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue } }
        @{ Form = 'Clixml'; Write = { param($Value) Export-Clixml -InputObject $Value -Path "$TestDrive/x.xml" -Depth 3; Get-Content "$TestDrive/x.xml" -Raw } }
        @{ Form = 'CSV'; Write = { param($Value) $Value | ConvertTo-Csv | Out-String } }
        @{ Form = 'a list'; Write = { param($Value) $Value | Format-List * -Force | Out-String -Width 500 } }
        @{ Form = 'a tree'; Write = { param($Value) $Value | Format-Custom -Depth 4 | Out-String -Width 500 } }
    ) {
        Import-Module $manifest -Force
        $secret = ConvertTo-SecureString $env:EPCC_CLIENT_SECRET -AsPlainText -Force
        $store = Connect-EpStore -ClientId $env:EPCC_CLIENT_ID -ClientSecret $secret -BaseUri $env:EPCC_API_BASE_URL -PassThru
        $job = Get-EpPromotion -Name 'Summer*' | Get-EpPromotionJob | Select-Object -First 1
        New-EpPromotionJob -Promotion ([guid]::NewGuid()) -NumberOfCodes 3 -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure.Count | Should -Be 1

        $text = & $Write $store
        $text += & $Write $job
        if ($Form -ne 'JSON') { $text += & $Write $failure[0] }

        $text.Length | Should -BeGreaterThan 100
        Get-Leak $text | Should -BeNullOrEmpty
    }
}
