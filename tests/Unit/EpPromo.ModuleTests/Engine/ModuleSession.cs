using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Engine;

/// <summary>A runspace of the PowerShell engine with the module imported, like an operator's prompt.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession(RecordingHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        Run("Import-Module $args[0]", RepositoryFolder.Manifest).ThrowIfFailed();
    }

    /// <summary>A session that is connected to <paramref name="sandbox"/>.</summary>
    public static ModuleSession ConnectedTo(SandboxServer sandbox, string options = "", RecordingHost? host = null)
    {
        ModuleSession session = new(host);
        session.Connect(sandbox, options).ThrowIfFailed();
        return session;
    }

    public RunResult Connect(SandboxServer sandbox, string options = "") => Run(
        $"""
        $secret = [securestring]::new()
        foreach ($c in $args[2].ToCharArray()) {"{"} $secret.AppendChar($c) {"}"}
        Connect-EpStore -BaseUri $args[0] -ClientId $args[1] -ClientSecret $secret {options}
        """,
        sandbox.BaseUri.ToString(), sandbox.Options.ClientId, sandbox.Options.ClientSecret);

    /// <summary>Runs a script with <c>$args</c> to its end and collects its errors, including a terminating one.</summary>
    public RunResult Run(string script, params object[] arguments)
    {
        using PowerShell shell = NewShell(script, arguments);
        PSDataCollection<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output, null);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new RunResult(output, shell.Streams, terminating);
    }

    /// <summary>A pipeline that the test itself starts, stops and observes.</summary>
    public PowerShell NewShell(string script, params object[] arguments)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        return shell;
    }

    public void Dispose() => _runspace.Dispose();
}
