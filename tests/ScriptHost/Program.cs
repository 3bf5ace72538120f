using System.Management.Automation;
using System.Management.Automation.Runspaces;

// EpPromo.ScriptHost <file> [arguments]: runs a script; writes each object it emits as a line, and each error with its id to the
// error stream. Exit code 1 says that there was one.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
shell.AddCommand(Path.GetFullPath(args[0]));
foreach (string argument in args.Skip(1))
{
    shell.AddArgument(argument);
}

PSDataCollection<PSObject> output = [];
output.DataAdded += (_, added) => Console.WriteLine(output[added.Index]);
shell.Streams.Error.DataAdded += (_, added) => WriteError(shell.Streams.Error[added.Index]);
shell.Streams.Warning.DataAdded += (_, added) => Console.Error.WriteLine(shell.Streams.Warning[added.Index]);
try
{
    shell.Invoke(null, output);
    return shell.HadErrors ? 1 : 0;
}
catch (RuntimeException e)
{
    WriteError(e.ErrorRecord);
    return 1;
}

static void WriteError(ErrorRecord error) => Console.Error.WriteLine($"{error.FullyQualifiedErrorId}: {error}");
