# Creates jobs with Invoke-RestMethod, call after call on one promotion.
param([string] $Address, [string] $Promotion, [int] $Jobs)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot '../Contender.psm1')
$url = "$Address/v2/rule-promotions/$Promotion/jobs"
$headers = @{ Authorization = 'Bearer a-token'; Accept = 'application/json' }
Start-Contender {
    foreach ($number in 1..$Jobs) {
        $body = @{ data = @{
            type = 'promotion_job'; job_type = 'code_generate'; name = "Newsletter $number"
            parameters = @{ number_of_codes = 100; max_uses_per_code = 1; code_prefix = 'summer' } } } | ConvertTo-Json -Depth 4 -Compress
        $null = Invoke-RestMethod $url -Method Post -Headers $headers -ContentType application/json -Body $body
    }
}
