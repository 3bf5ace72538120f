using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using Microsoft.PowerShell;

// Runs samples/quickstart.ps1 in a complete PowerShell, against a sandbox, on machines that have neither pwsh nor a store.
// The arguments are the script's: dotnet run --project samples/Quickstart -- -NumberOfCodes 50
string script = Path.Combine(RepositoryFolder.Root, "samples", "quickstart.ps1");
await using SandboxServer sandbox = await SandboxServer.StartAsync();
foreach ((string name, string value) in sandbox.EnvironmentVariables)
{
    Environment.SetEnvironmentVariable(name, value);
}

// PowerShell sends telemetry to Microsoft when it starts. A sample must not do that on other people's machines.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
string[] shell = ["-NoProfile", "-NonInteractive", "-File", script, .. args];
return UnmanagedPSEntry.Start(shell, shell.Length);
