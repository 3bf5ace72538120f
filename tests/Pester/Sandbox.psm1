# Starts and stops the sandbox in a process of its own, on a free port, for the operator scenarios.

function Start-EpSandbox {
    [CmdletBinding()]
    param([string[]] $ArgumentList = @())

    $repository = Split-Path (Split-Path $PSScriptRoot)
    $library = Get-ChildItem ([System.IO.Path]::Combine($repository, 'src', 'EpPromo.Sandbox', 'bin', '*', 'net10.0', 'EpPromo.Sandbox.dll')) |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $library) { throw 'The sandbox is not built: run dotnet build first.' }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = (@('"{0}"' -f $library.FullName) + $ArgumentList) -join ' '
    $start.RedirectStandardOutput = $true
    # The error stream gets a pipe of its own. If a sandbox that outlives the tests kept the shell's pipe open, the reader of that pipe
    # would never return.
    $start.RedirectStandardError = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $process.BeginErrorReadLine()

    $settings = @{}
    while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
        if ($line -match "^\s*\`$env:(?<name>EPCC_\w+) = '(?<value>.*)'") { $settings[$Matches.name] = $Matches.value }
        if ($line -match '^Ctrl\+C') { break }
    }
    if ($settings.Count -eq 0) { throw "The sandbox did not start: exit code $($process.ExitCode)." }

    [pscustomobject]@{ Process = $process; Settings = $settings }
}

function Stop-EpSandbox {
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Sandbox)

    $Sandbox.Process.Kill()
    $Sandbox.Process.WaitForExit()
    $Sandbox.Process.Dispose()
}

Export-ModuleMember -Function Start-EpSandbox, Stop-EpSandbox
