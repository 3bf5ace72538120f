using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Disconnect-EpStore: forgets a store's credentials and closes its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "EpStore")]
[OutputType(typeof(void))]
public sealed class DisconnectEpStoreCommand : StoreCmdlet
{
    private protected override void Process() => SessionStores.Current.Disconnect(ActiveStore);
}
