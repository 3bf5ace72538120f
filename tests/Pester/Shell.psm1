# Starts another shell like this one, as a scheduler does.

$program = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$before = @()
# Installed as a .NET tool, the shell is a library that dotnet runs.
if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { $before = @(Join-Path $PSHOME 'pwsh.dll') }

# No parameters of its own: all that it is given is the shell's. What the shell prints, its errors and its $LASTEXITCODE are the caller's.
function Invoke-EpShell { & $program @before -NoProfile -NonInteractive @args }

Export-ModuleMember -Function Invoke-EpShell
