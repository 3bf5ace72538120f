using EpPromo.Sandbox;
using Microsoft.PowerShell;
using Quickstart;

// Runs samples/quickstart.ps1 in a whole PowerShell, against a sandbox, where there is neither a pwsh nor a store.
// All that it is given is the script's: dotnet run --project samples/Quickstart -- -NumberOfCodes 50
string script = Path.Combine(RepositoryFolder.Find(), "samples", "quickstart.ps1");
await using SandboxServer sandbox = await SandboxServer.StartAsync();
Environment.SetEnvironmentVariable("EPCC_API_BASE_URL", sandbox.BaseUri.ToString());
Environment.SetEnvironmentVariable("EPCC_CLIENT_ID", sandbox.Options.ClientId);
Environment.SetEnvironmentVariable("EPCC_CLIENT_SECRET", sandbox.Options.ClientSecret);

// A shell tells its makers of each start. This one is somebody else's program.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
string[] shell = ["-NoProfile", "-NonInteractive", "-File", script, .. args];
return UnmanagedPSEntry.Start(shell, shell.Length);
