using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EpPromo.Sandbox;
using Quickstart;

// Runs samples/quickstart.ps1 in the PowerShell engine, against a sandbox, where there is neither a pwsh nor a store.
string repository = RepositoryFolder.Find();
await using SandboxServer sandbox = await SandboxServer.StartAsync();
Environment.SetEnvironmentVariable("EPCC_API_BASE_URL", sandbox.BaseUri.ToString());
Environment.SetEnvironmentVariable("EPCC_CLIENT_ID", sandbox.Options.ClientId);
Environment.SetEnvironmentVariable("EPCC_CLIENT_SECRET", sandbox.Options.ClientSecret);

ConsoleHost host = new();
using Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    shell.BeginStop(null, null);
};

shell.AddCommand(Path.Combine(repository, "samples", "quickstart.ps1"));
for (int i = 0; i + 1 < args.Length; i += 2)
{
    shell.AddParameter(args[i].TrimStart('-'), args[i + 1]);
}

shell.AddCommand("Out-Default");
shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
try
{
    await shell.InvokeAsync();
    return shell.HadErrors ? 1 : 0;
}
catch (RuntimeException e)
{
    Console.Error.WriteLine(e.ErrorRecord);
    if (e.ErrorRecord.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
    {
        Console.Error.WriteLine(action);
    }

    return 1;
}
