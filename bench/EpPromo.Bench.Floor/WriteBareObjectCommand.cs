using System.Management.Automation;

namespace EpPromo.Bench.Floor;

/// <summary>Write-BareObject: emits new objects, one by one, as fast as the engine takes them.</summary>
[Cmdlet(VerbsCommunications.Write, "BareObject")]
[OutputType(typeof(BareObject))]
public sealed class WriteBareObjectCommand : Cmdlet
{
    /// <summary>The number of objects.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public int Count { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        for (int number = 0; number < Count; number++)
        {
            WriteObject(new BareObject(number));
        }
    }
}
