using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Disconnect-EpStore: forgets a store's credentials and closes its connections.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "EpStore")]
[OutputType(typeof(void))]
public sealed class DisconnectEpStoreCommand : StoreCmdlet
{
    private bool _isOnlyFailure;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // After a Connect-EpStore that failed there is nothing to close; the environment variables count again.
        _isOnlyFailure = Store is null && SessionStores.Current.ForgetFailedConnect();
        if (!_isOnlyFailure)
        {
            base.BeginProcessing();
        }
    }

    private protected override void Process()
    {
        if (!_isOnlyFailure)
        {
            SessionStores.Current.Disconnect(ActiveStore);
        }
    }
}
