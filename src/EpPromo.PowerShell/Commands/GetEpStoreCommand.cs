using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Get-EpStore: returns the connected store, with its request counters.</summary>
[Cmdlet(VerbsCommon.Get, "EpStore")]
[OutputType(typeof(EpStore))]
public sealed class GetEpStoreCommand : StoreCmdlet
{
    private protected override void ProcessInput() => WriteObject(ActiveStore);
}
