#Requires -Version 7.3
<#
.SYNOPSIS
    Runs a runbook and posts its result to a webhook of Slack or Teams.
.DESCRIPTION
    Put it before the runbook; everything after the runbook's name is passed to it. The output, the errors and the exit code are those of
    the runbook, whether or not the message is delivered. If it is not, the last line of the errors says so.

    Needs the variables EPPROMO_WEBHOOK, the address of the webhook, and EPPROMO_WEBHOOK_FORMAT, Slack or Teams.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File notify/Invoke-Runbook.ps1 ./Request-PromotionCode.ps1 -Promotion 'Summer*' -Name bf26 -Count 25000
#>
# Not an advanced script: that would take parameters such as -Verbose for itself.
param([string] $Runbook)

$ErrorActionPreference = 'Stop'

# Without it, the errors contain colour codes.
$env:NO_COLOR = '1'

$output = [System.Collections.Generic.List[string]]::new()
$errors = [System.Collections.Generic.List[string]]::new()

# A process of its own: however the runbook ends, the message is posted.
& pwsh -NoProfile -NonInteractive -File $Runbook @args 2>&1 | ForEach-Object {
    if ($_ -is [System.Management.Automation.ErrorRecord]) {
        $errors.Add("$_")
        [Console]::Error.WriteLine("$_")
    }
    else {
        $output.Add($_)
        $_
    }
}
$exitCode = $LASTEXITCODE

# PowerShell prints the place of an error, the line of code with tildes below it, and then the message, each line of it after a bar.
$messages = @($errors -notmatch '^(Line \||\s*\d+ \||\s+\| +~+|[\w-]+: (\S+:\d+)?$)' -replace '^\s+\| +')

# The last line of the output sums it up, so it comes first. Then what a person has to act on.
$lines = @($output | Select-Object -Last 1) + $messages + @($output | Select-Object -SkipLast 1)
$state = if ($exitCode -eq 0) { 'succeeded' } else { "failed with exit code $exitCode" }
try {
    & "$PSScriptRoot/Send-Notice.ps1" -Title "$([System.IO.Path]::GetFileNameWithoutExtension($Runbook)) $state on $([Environment]::MachineName)" `
        -Line $lines -Failed:($exitCode -ne 0)
}
catch {
    [Console]::Error.WriteLine("The result was not posted. $_")
}

exit $exitCode
