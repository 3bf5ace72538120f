# Starts another shell of the same kind, as a scheduler does.

$program = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
$before = @()
# If the shell is installed as a .NET tool, it is a library that dotnet runs.
if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { $before = @(Join-Path $PSHOME 'pwsh.dll') }

# The function has no parameters: all arguments are passed to the shell. The caller gets the shell's output, errors and $LASTEXITCODE.
function Invoke-EpShell { & $program @before -NoProfile -NonInteractive @args }

Export-ModuleMember -Function Invoke-EpShell
