using System.Management.Automation;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>Disconnect-EpStore: forgets a store's credentials and closes its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "EpStore")]
[OutputType(typeof(void))]
public sealed class DisconnectEpStoreCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Without -Store there may be none in use. At the end of a script that is no error: it would hide why there is none.
        if (Store is not null)
        {
            base.BeginProcessing();
        }
    }

    private protected override void ProcessInput()
    {
        if (Store is null)
        {
            SessionStores.Current.DisconnectDefault();
        }
        else
        {
            SessionStores.Current.Disconnect(Store);
        }
    }
}
