using System.Globalization;
using System.Management.Automation;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that works on a store: the one given, else the one connected in this runspace, else that of the environment.</summary>
public abstract class StoreCmdlet : AsyncCmdlet
{
    /// <summary>The type name whose view has a column for the promotion (EpPromo.Format.ps1xml).</summary>
    private const string MixedJob = "EpPromo.PromotionJob#Mixed";

    private StoreApi? _api;
    private JobWaiter? _waiter;
    private InputWarnings? _warnings;
    private CommandTimeout? _timeout;

    /// <summary>
    /// The store to use. Without it, the command uses the store that is connected in this runspace, or else the store of the EPCC_*
    /// environment variables.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public EpStore? Store { get; set; }

    /// <summary>The store in use.</summary>
    private protected EpStore ActiveStore { get; private set; } = null!;

    /// <summary>The store's API; its requests show up in this cmdlet's verbose and debug streams.</summary>
    private protected StoreApi Api => _api!;

    /// <summary>The time that the store's commands go by.</summary>
    private protected IClock Clock => ActiveStore.Clock;

    /// <summary>The one waiter of this cmdlet, polling from the first use on.</summary>
    private protected JobWaiter Waiter => _waiter ??= StartWaiter();

    /// <summary>The progress of the jobs that are waited for, or null if there are none.</summary>
    private protected WaitProgress? Waiting => _waiter?.Progress;

    /// <summary>Creates jobs, exactly once.</summary>
    private protected JobCreator Creator => new(
        Api.Jobs, Clock, ActiveStore.Random, ActiveStore.CreateCoordination, ActiveStore.ConsistencyWindow);

    /// <summary>Creates jobs, exactly once, as soon as their promotions are free. Work that waits for that releases the limit. First used on the pipeline thread.</summary>
    private protected WaitingJobCreator WaitingCreator => new(
        Creator, new ActiveJobWaiter(Api.Jobs, Clock, Waiter), Limit, Clock, ActiveStore.Random);

    /// <summary>Warns of input that is probably not meant.</summary>
    private protected InputWarnings Warnings => _warnings ??= new InputWarnings(this, ShowWarning);

    /// <summary>Whether the command only shows what it would do (-WhatIf).</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Whether the time of <see cref="CreateTimeout"/> is over, and the pipeline is not.</summary>
    private protected bool IsTimedOut => _timeout?.HasExpired == true;

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

    /// <summary>The token that is cancelled when the whole command has taken <paramref name="limit"/>, or by a stop.</summary>
    private protected CancellationToken CreateTimeout(TimeSpan? limit)
    {
        try
        {
            _timeout = new CommandTimeout(limit, StopToken);
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, limit));
        }

        return _timeout!.Token;
    }

    /// <inheritdoc/>
    private protected sealed override void OnFirstInput() => _timeout?.Start();

    /// <summary>Writes a job as one of several promotions: its table has a column for the promotion. For work.</summary>
    private protected Task WriteJobAsync(PromotionJob job) => PostAsync(() =>
    {
        // On the pipeline thread: the engine keeps the type names of each object, and the same one may be written twice.
        PSObject row = new(job);
        if (row.TypeNames[0] != MixedJob)
        {
            row.TypeNames.Insert(0, MixedJob);
        }

        WriteObject(row);
    });

    /// <summary>
    /// For <see cref="AsyncCmdlet.OnStopProcessing"/>: warns how many of the jobs that are waited for have not ended. Through the host, since
    /// the pipeline takes no more output.
    /// </summary>
    private protected void WarnOfUnfinishedJobs()
    {
        if (Waiting is { } waiting && waiting.Finished < waiting.Total)
        {
            Host?.UI?.WriteWarningLine(
                string.Format(CultureInfo.InvariantCulture, SR.WarningWaitInterrupted, waiting.Total - waiting.Finished));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _timeout?.Dispose();
        }
    }

    private JobWaiter StartWaiter()
    {
        JobWaiter waiter = new(Api.Jobs, Clock, ActiveStore.ConsistencyWindow);
        StartBackground(waiter.RunAsync);
        return waiter;
    }
}
