using System.Management.Automation;
using EpPromo.PowerShell.Pipeline;

namespace EpPromo.PowerShell.Commands;

/// <summary>Get-EpStore: the open store and what it has done so far.</summary>
[Cmdlet(VerbsCommon.Get, "EpStore")]
[OutputType(typeof(EpStore))]
public sealed class GetEpStoreCommand : StoreCmdlet
{
    private protected override void Process() => WriteObject(ActiveStore);
}
