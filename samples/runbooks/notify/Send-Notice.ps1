#Requires -Version 7.0
<#
.SYNOPSIS
    Posts a message to a webhook of Slack or Teams.
.DESCRIPTION
    Retries a few times if the webhook cannot be reached, asks for a pause (429) or has an error of its own (5xx). If the message is not
    delivered, the script ends with an error. The message may arrive twice: if a response is lost, the script posts again.

    The text is shown as it is. Formatting, links and mentions in it, such as <!channel>, have no effect.
.EXAMPLE
    ./Send-Notice.ps1 -Title 'Mailing 12 is done' -Line '40 of 40 promotions have their codes.' -Format Slack -Webhook (Get-Secret -Name Webhook)
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Title,

    # The lines below the title. What does not fit is counted and left out, so put the most important lines first.
    [AllowEmptyCollection()]
    [AllowEmptyString()]
    [string[]] $Line = @(),

    # What the message looks like: the colour of its title in Teams, a mark before it in Slack.
    [switch] $Failed,

    # The address of the webhook. It is a secret: whoever knows it can post. The default is the environment variable EPPROMO_WEBHOOK.
    [securestring] $Webhook,

    # Slack, or Teams for a Teams workflow "When a Teams webhook request is received". The default is the variable EPPROMO_WEBHOOK_FORMAT.
    [string] $Format = $env:EPPROMO_WEBHOOK_FORMAT,

    # How often to post before giving up.
    [ValidateRange(1, 10)]
    [int] $Attempts = 4,

    # The delay after the first failure. It doubles after each further one. If the webhook states a delay, that applies instead.
    [timespan] $Delay = '00:00:02',

    # The longest delay. If the webhook asks for a longer one, the script gives up.
    [timespan] $MaxDelay = '00:01:00'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# Slack rejects a text above 3000 characters. A Teams message has at most 28 KB, and each line takes about 100 bytes more than its text.
$maxCharacters = 2900
$maxLines = 50

$address = if ($Webhook) { ConvertFrom-SecureString -SecureString $Webhook -AsPlainText } else { $env:EPPROMO_WEBHOOK }
if (-not $address) { throw 'There is no webhook: use -Webhook or set EPPROMO_WEBHOOK.' }
if ($Format -notin 'Slack', 'Teams') { throw "The format '$Format' is neither Slack nor Teams: use -Format or set EPPROMO_WEBHOOK_FORMAT." }
$uri = $address -as [uri]
if (-not $uri.IsAbsoluteUri -or ($uri.Scheme -ne 'https' -and -not ($uri.Scheme -eq 'http' -and $uri.IsLoopback))) {
    throw 'The address of the webhook does not begin with https://.'
}

# Slack's own syntax begins with these three characters. The ampersand is first, or it would be escaped twice.
function ConvertTo-SlackText([string] $Text) { $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;') }

# The first lines that fit, and the number of the others. Neither Slack nor Teams accepts an empty text.
function Select-FirstLine([string[]] $Lines, [scriptblock] $Escape) {
    $texts = @($Lines | Where-Object { $_.Trim() })
    $characters = 0
    $shown = @(foreach ($text in $texts | Select-Object -First $maxLines) {
        $escaped = & $Escape $text
        $characters += $escaped.Length + 1
        if ($characters -gt $maxCharacters) { break }
        $escaped
    })
    $shown
    if ($shown.Count -lt $texts.Count) { "… and $($texts.Count - $shown.Count) more lines in the log." }
}

function New-SlackMessage {
    $mark = if ($Failed) { '❌' } else { '✅' }
    $heading = ConvertTo-SlackText "$mark $Title"
    $text = (Select-FirstLine $Line { ConvertTo-SlackText $args[0] }) -join "`n"
    @{
        # For notifications and screen readers, which do not show blocks.
        text = $heading
        # Text of the type plain_text has no formatting and no mentions.
        blocks = @(foreach ($part in $heading, $text) {
            if ($part) { @{ type = 'section'; text = @{ type = 'plain_text'; text = $part; emoji = $false } } }
        })
    }
}

function New-TeamsMessage {
    # A text run, unlike a text block, shows Markdown as it is.
    $heading = @{ type = 'TextRun'; text = $Title; weight = 'Bolder'; size = 'Large'; color = $Failed ? 'Attention' : 'Good' }
    $lines = foreach ($text in Select-FirstLine $Line { $args[0] }) { @{ type = 'TextRun'; text = $text } }
    $card = @{
        '$schema' = 'http://adaptivecards.io/schemas/adaptive-card.json'
        type = 'AdaptiveCard'
        version = '1.4'
        msteams = @{ width = 'Full' }
        body = @(foreach ($run in @($heading) + $lines) { @{ type = 'RichTextBlock'; spacing = 'Small'; inlines = @($run) } })
    }
    @{ type = 'message'; attachments = @(@{ contentType = 'application/vnd.microsoft.card.adaptive'; content = $card }) }
}

# The delay that a response states, in seconds or as a date; empty if it states none.
function Get-StatedDelay($Response) {
    $value = "$($Response.Headers['Retry-After'])"
    $seconds = 0
    if ([int]::TryParse($value, [ref] $seconds)) { return [timespan]::FromSeconds($seconds) }
    $date = [datetimeoffset]::MinValue
    if ([datetimeoffset]::TryParse($value, [cultureinfo]::InvariantCulture, 'None', [ref] $date)) { $date - [datetimeoffset]::UtcNow }
}

$message = if ($Format -eq 'Slack') { New-SlackMessage } else { New-TeamsMessage }
$request = @{
    Uri = $uri
    Method = 'Post'
    ContentType = 'application/json; charset=utf-8'
    Body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $message -Depth 10 -Compress))
    TimeoutSec = 30
    SkipHttpErrorCheck = $true
    # The address is a secret: it goes to no other host, and not into the log.
    MaximumRedirection = 0
    Verbose = $false
    Debug = $false
}

for ($attempt = 1; ; $attempt++) {
    $statedDelay = $null
    try {
        $response = Invoke-WebRequest @request
        $status = [int] $response.StatusCode
        if ($status -in 200..299) { return }
        $reason = "status $status"
        $shouldRetry = $status -in 408, 429 -or $status -ge 500
        $statedDelay = Get-StatedDelay $response
    }
    catch {
        $reason = $_.Exception.Message.Replace($address, 'the webhook')
        $shouldRetry = $true
    }

    $pause = $statedDelay ?? $Delay * [Math]::Pow(2, $attempt - 1)
    if (-not $shouldRetry -or $attempt -eq $Attempts) { throw "The webhook did not take the message: $reason, after $attempt attempts." }
    if ($pause -gt $MaxDelay) { throw "The webhook did not take the message: $reason, and it asks for a delay of $pause." }
    if ($pause -gt [timespan]::Zero) { Start-Sleep -Duration $pause }
}
