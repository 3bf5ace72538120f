<#
.SYNOPSIS
    Takes the screenshots in this folder.
.DESCRIPTION
    Starts the sandbox and a real pwsh in tmux, types the commands of each screenshot, and writes what the terminal shows as SVG. Needs tmux and
    a build; no network and no store. Each picture has a sandbox and a session of its own. Times and generated names differ from one run to
    the next, the rest does not.
.EXAMPLE
    dotnet build; ./docs/images/Take-Screenshots.ps1
.EXAMPLE
    ./docs/images/Take-Screenshots.ps1 -Name run, progress -Destination ./out/images
#>
[CmdletBinding()]
param(
    # Only these screenshots.
    [SupportsWildcards()] [string[]] $Name = '*',

    # The folder that receives the pictures.
    [string] $Destination = $PSScriptRoot,

    # Which build of the sandbox to use.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # The manifest of the built module.
    [string] $Manifest = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'EpPromo', 'EpPromo.psd1')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

# How long a command may take.
$limit = [timespan]::FromSeconds(60)

# Name      the file's name
# Title     what the picture shows
# Before    commands that it does not show
# Commands  what is typed
# Until     the picture is taken when the screen shows this; without it, when the last command has ended
# Options   of the sandbox
$shots = @(
    @{
        Name     = 'pipeline'
        Title    = 'Jobs are created for two promotions and waited for, and their codes are exported'
        Commands = "Get-EpPromotion 'Summer*' | New-EpPromotionJob 500 -CodePrefix summer |`n    Wait-EpPromotionJob | Export-EpPromotionCode ./codes"
    }
    @{
        Name     = 'run'
        Title    = 'A run generates 2500 codes on each of two promotions'
        Commands = "Get-EpPromotion 'Summer*' | Request-EpPromotionCode 2500 -CodePrefix vip"
    }
    @{
        Name     = 'progress'
        Title    = 'While a run generates codes, a bar for the run and one for each promotion show how far it is'
        Commands = "Get-EpPromotion 'Summer*' | Request-EpPromotionCode 2500 -CodePrefix vip"
        Until    = '\[[1-9]\d* of 5000 codes.*\ds\]'
        Options  = '--per-code', '00:00:00.003'
    }
    @{
        Name     = 'jobs'
        Title    = 'The jobs of two promotions'
        Before   = "`$null = 'Summer Sale' | Request-EpPromotionCode 1500; `$null = 'Summer Clearance' | New-EpPromotionJob 250"
        Commands = "Get-EpPromotion 'Summer*' | Get-EpPromotionJob"
    }
    @{
        Name     = 'runs'
        Title    = 'The runs of a store'
        Before   = "`$null = Get-EpPromotion 'Summer*' | Request-EpPromotionCode 1500; `$null = 'Welcome Back' | Request-EpPromotionCode 20"
        Commands = 'Get-EpPromotionRun'
    }
    @{
        Name     = 'watch'
        Title    = 'The open run of a store and its active jobs, while another machine generates codes'
        # The other machine.
        Before   = "`$module = (Get-Module EpPromo).Path; `$other = Start-ThreadJob { Import-Module `$using:module; Get-EpPromotion 'Summer*', 'Black Friday' | Request-EpPromotionCode 2500 -Name bf26 }; Start-Sleep 4"
        Commands = 'Watch-EpPromotionRun'
        Until    = 'bf26 .* [1-9]000 processing'
        Options  = '--per-code', '00:00:00.004'
    }
    @{
        Name     = 'error'
        Title    = 'An error says what to do'
        Commands = "New-EpPromotionJob 500 -Promotion 'Sumer Sale'"
    }
)

# The lines that the terminal shows, without the empty ones at the end.
function Get-Screen([string] $Session, [switch] $Colour) {
    $options = @('-p') + @('-e').Where{ $Colour }
    $lines = @(tmux capture-pane -t $Session @options)
    $count = $lines.Count
    while ($count -gt 1 -and -not $lines[$count - 1]) { $count-- }
    $lines[0..($count - 1)]
}

function Wait-Screen([string] $Session, [scriptblock] $Test, [string] $What) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    do {
        if ($watch.Elapsed -gt $limit) { throw "After $limit, $What. The screen:`n$((Get-Screen $Session) -join "`n")" }
        Start-Sleep -Milliseconds 100
        $screen = Get-Screen $Session
    } until (& $Test $screen)
}

# Types a command of one or more lines. PSReadLine shows the lines after the first behind '>>'.
function Send-Command([string] $Session, [string] $Command) {
    foreach ($line in $Command -split "`n") {
        tmux send-keys -t $Session -l -- $line
        tmux send-keys -t $Session Enter
    }
}

function Save-Screenshot([hashtable] $Shot) {
    $folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "eppromo-$PID")).FullName
    $session = "eppromo-$PID-$($Shot.Name)"
    $sandbox = $null
    try {
        $assembly = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'src', 'EpPromo.Sandbox', 'bin', $Configuration, 'net10.0', 'EpPromo.Sandbox.dll')
        $log = Join-Path $folder 'sandbox.log'
        $arguments = @('exec', $assembly) + @($Shot['Options'])
        $sandbox = Start-Process dotnet -ArgumentList $arguments.Where{ $_ } -RedirectStandardOutput $log -PassThru
        while ("$(Get-Content $log -Raw)" -notmatch 'EpPromo sandbox: (?<address>\S+)') {
            if ($sandbox.HasExited) { throw 'The sandbox has ended. Is it built?' }
            Start-Sleep -Milliseconds 100
        }

        @"
`$env:EPCC_API_BASE_URL = '$($Matches.address)'
`$env:EPCC_CLIENT_ID = 'sandbox'
`$env:EPCC_CLIENT_SECRET = 'sandbox-secret'
Import-Module '$((Resolve-Path $Manifest).Path)'
Connect-EpStore
Set-PSReadLineOption -PredictionSource None -HistorySaveStyle SaveNothing
function prompt { 'PS> ' }
$($Shot['Before'])
Clear-Host
"@ | Set-Content (Join-Path $folder 'profile.ps1')
        # If PowerShell is installed with the SDK, its process is dotnet.
        $pwsh = [Environment]::ProcessPath
        $pwsh = [System.IO.Path]::GetFileNameWithoutExtension($pwsh) -eq 'dotnet' ? "'$pwsh' '$(Join-Path $PSHOME pwsh.dll)'" : "'$pwsh'"
        tmux new-session -d -s $session -x 80 -y 40 -c $folder "$pwsh -NoLogo -NoProfile -NoExit -File ./profile.ps1"
        Wait-Screen $session { param($screen) @($screen)[-1] -eq 'PS>' } 'the session has not started'
        foreach ($command in $Shot.Commands) {
            Send-Command $session $command
            if ($Shot['Until']) { Wait-Screen $session { param($screen) $screen -match $Shot.Until } "nothing matches $($Shot.Until)" }
            else { Wait-Screen $session { param($screen) @($screen)[-1] -eq 'PS>' } "'$command' has not ended" }
        }

        $file = Join-Path $Destination "$($Shot.Name).svg"
        $lines = @(Get-Screen $session -Colour)
        if ($lines.Count -gt 1 -and $lines[-1] -match '^(\e\[[\d;]*m)*PS>') { $lines = $lines[0..($lines.Count - 2)] }
        # As in the documentation, not the temporary folder of one machine.
        $lines = $lines -replace [regex]::Escape($folder), '/home/mia'
        & (Join-Path $PSScriptRoot 'ConvertTo-Svg.ps1') -Line $lines -Columns 80 -Title $Shot.Title | Set-Content $file
        Get-Item $file
    }
    finally {
        if ($sandbox) { $sandbox.Kill() }
        if (tmux list-sessions -F '#S' | Where-Object { $_ -eq $session }) { tmux kill-session -t $session }
        Remove-Item -Recurse $folder
    }
}

$null = New-Item -ItemType Directory -Path $Destination -Force
$shots.Where{ $shot = $_; $Name.Where{ $shot.Name -like $_ } } | ForEach-Object { Save-Screenshot $_ }
