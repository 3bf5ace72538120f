using System.Management.Automation;
using System.Management.Automation.Runspaces;

// EpPromo.EngineHost <script> [arguments]: runs a script in the engine and prints what it emits, as it is emitted.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
shell.AddScript(args[0]);
foreach (string argument in args[1..])
{
    shell.AddArgument(argument);
}

using PSDataCollection<PSObject> output = [];
output.DataAdded += (_, added) =>
{
    Console.Out.WriteLine(output[added.Index]);
    Console.Out.Flush();
};

try
{
    await shell.InvokeAsync<PSObject, PSObject>(null, output);
}
catch (RuntimeException e)
{
    Console.Error.WriteLine($"{e.ErrorRecord.FullyQualifiedErrorId}: {e.ErrorRecord}");
    return 1;
}

foreach (ErrorRecord error in shell.Streams.Error)
{
    Console.Error.WriteLine($"{error.FullyQualifiedErrorId}: {error}");
}

return shell.HadErrors ? 1 : 0;
