using System.Management.Automation;
using System.Management.Automation.Runspaces;

// EpPromo.ScriptHost (-File <file> | -Command <text>) [arguments]: runs a script. Each object that it emits is a line of output, each
// error a line of the error stream that begins with the error's id. The exit code is 1 if there was an error.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
_ = args[0] switch
{
    "-File" => shell.AddCommand(Path.GetFullPath(args[1])),
    "-Command" => shell.AddScript(args[1]),
    _ => throw new ArgumentException($"{args[0]} is neither -File nor -Command."),
};
foreach (string argument in args.Skip(2))
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
