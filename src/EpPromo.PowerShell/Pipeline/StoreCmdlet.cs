using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that talks to a store: the one given, else the one connected in this runspace, else that of the environment.</summary>
public abstract class StoreCmdlet : AsyncCmdlet, IRequestObserver
{
    private JobWaiter? _waiter;
    private IPromotionApi? _api;

    /// <summary>The store to use; without it, the one connected in this runspace, else that of the EPCC_* environment variables.</summary>
    [Parameter]
    [ValidateNotNull]
    public EpStore? Store { get; set; }

    /// <summary>The store in use.</summary>
    private protected EpStore ActiveStore { get; private set; } = null!;

    /// <summary>The store's API; its requests show up in this cmdlet's verbose and debug streams.</summary>
    private protected IPromotionApi Api => _api!;

    /// <summary>The one waiter of this cmdlet, reading lists from the first use on.</summary>
    private protected JobWaiter Waiter => _waiter ??= StartWaiter();

    /// <summary>How far the waiting has come, or null when nothing is waited for.</summary>
    private protected WaitProgress? Waiting => _waiter?.Progress;

    /// <summary>Creates jobs, exactly once.</summary>
    private protected JobCreator Creator => new(Api, SessionStores.Clock, SessionStores.Random, ActiveStore.KnownJobs, ActiveStore.ConsistencyWindow);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            ActiveStore = Store ?? SessionStores.Current.Default;
            if (ActiveStore.IsClosed)
            {
                throw new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), ActiveStore.BaseUri);
            }

            _api = ActiveStore.Connection.Open(this);
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Store));
        }
    }

    void IRequestObserver.Verbose(string line) => Tell(() => WriteVerbose(line));

    void IRequestObserver.Debug(string text) => Tell(() => WriteDebug(text));

    /// <summary>After a stop the pipeline shows nothing more; a request that is made then, to clean up, must not fail for that.</summary>
    private void Tell(Action show)
    {
        if (!StopToken.IsCancellationRequested)
        {
            Post(show);
        }
    }

    private JobWaiter StartWaiter()
    {
        JobWaiter waiter = new(Api, SessionStores.Clock, ActiveStore.ConsistencyWindow);
        StartBeside(waiter.RunAsync);
        return waiter;
    }
}
