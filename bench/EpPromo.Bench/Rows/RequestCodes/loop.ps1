# What people write by hand: for each promotion one job after another, polled each second. With -Parallel, all promotions at the same time. Prints
# the seconds that it took. The only retries are those of Invoke-RestMethod.
param([string] $Address, [string] $PromotionFile, [int] $Codes, [switch] $Parallel)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$key = @{ grant_type = 'client_credentials'; client_id = $env:EPCC_CLIENT_ID; client_secret = $env:EPCC_CLIENT_SECRET }
$token = (Invoke-RestMethod "$Address/oauth/access_token" -Method Post -Body $key).access_token

$request = {
    param($Promotion, $Address, $Token, $Codes)
    $url = "$Address/v2/rule-promotions/$Promotion/jobs"
    $common = @{ Headers = @{ Authorization = "Bearer $Token" }; MaximumRetryCount = 10; RetryIntervalSec = 1 }
    for ($left = $Codes; $left -gt 0; $left -= 1000) {
        $body = @{ data = @{
            type = 'promotion_job'; job_type = 'code_generate'
            parameters = @{ number_of_codes = [Math]::Min($left, 1000); max_uses_per_code = 1 } } } | ConvertTo-Json -Depth 4
        $id = (Invoke-RestMethod $url -Method Post -ContentType application/json -Body $body @common).data.id
        do {
            Start-Sleep -Seconds 1
            $job = (Invoke-RestMethod $url @common).data | Where-Object id -EQ $id
        } until ($job.status -eq 'completed')
    }
}

$promotions = Get-Content -LiteralPath $PromotionFile
$watch = [System.Diagnostics.Stopwatch]::StartNew()
if ($Parallel) {
    $text = "$request"
    $promotions | ForEach-Object -ThrottleLimit $promotions.Count -Parallel {
        & ([scriptblock]::Create($using:text)) $_ $using:Address $using:token $using:Codes
    }
}
else {
    foreach ($promotion in $promotions) { & $request $promotion $Address $token $Codes }
}

$watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
