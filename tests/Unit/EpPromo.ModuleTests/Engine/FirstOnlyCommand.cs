using System.Management.Automation;
using System.Reflection;

namespace EpPromo.ModuleTests;

/// <summary>
/// What Select-Object -First does, which the bare engine lacks: takes one object and stops the commands before it.
/// </summary>
[Cmdlet(VerbsCommon.Select, "FirstOnly")]
public sealed class FirstOnlyCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);

        // The engine keeps this exception to itself.
        Type stop = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        ConstructorInfo constructor = stop.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        throw (Exception)constructor.Invoke([this]);
    }
}
