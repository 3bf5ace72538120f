using System.Globalization;
using System.Management.Automation;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that works on a store: the one given, else the one connected in this runspace, else that of the environment.</summary>
public abstract class StoreCmdlet : AsyncCmdlet
{
    private CommandTimeout? _timeout;

    private protected StoreCmdlet() => Warnings = new InputWarnings(this, ShowWarning);

    /// <summary>
    /// The store to use. Without it, the command uses the store that is connected in this runspace, or else the store of the EPCC_*
    /// environment variables.
    /// </summary>
    [Parameter]
    [StoreTransformation]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    [ValidateNotNull]
    public EpStore? Store { get; set; }

    /// <summary>The store in use.</summary>
    private protected EpStore ActiveStore { get; private set; } = null!;

    /// <summary>The store's API; its requests show up in this cmdlet's verbose and debug streams.</summary>
    private protected StoreApi Api { get; private set; } = null!;

    /// <summary>The store's clock.</summary>
    private protected IClock Clock => ActiveStore.Clock;

    /// <summary>Creates jobs, exactly once.</summary>
    private protected JobCreator Creator { get; private set; } = null!;

    /// <summary>
    /// Waits for jobs. A cmdlet that uses it, or <see cref="WaitingCreator"/>, starts its polling in BeginProcessing:
    /// <c>StartBackground(Waiter.RunAsync)</c>.
    /// </summary>
    private protected JobWaiter Waiter { get; private set; } = null!;

    /// <summary>Creates jobs, exactly once, as soon as their promotions are free. Work that waits for that releases the limit.</summary>
    private protected WaitingJobCreator WaitingCreator { get; private set; } = null!;

    /// <summary>Warns of input that is valid but probably not intended.</summary>
    private protected InputWarnings Warnings { get; }

    /// <summary>Whether the command only shows what it would do (-WhatIf).</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            ActiveStore = Store ?? SessionStores.Current.Default;
            if (ActiveStore.IsClosed)
            {
                throw new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), ActiveStore.Name);
            }

            Api = ActiveStore.Connection.Open(this);
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Store));
        }

        Creator = new JobCreator(Api.Jobs, Clock, ActiveStore.Random, ActiveStore.CreateCoordination, ActiveStore.ConsistencyWindow);
        Waiter = new JobWaiter(Api.Jobs, Clock, ActiveStore.ConsistencyWindow);
        WaitingCreator = new WaitingJobCreator(Creator, new ActiveJobWaiter(Api.Jobs, Clock, Waiter), Limit, Clock, ActiveStore.Random);
    }

    /// <summary>The timeout of the whole command (-Timeout), which starts with the first input.</summary>
    private protected CommandTimeout CreateTimeout(TimeSpan? limit)
    {
        try
        {
            _timeout = new CommandTimeout(limit, StopToken);
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, limit));
        }

        return _timeout!;
    }

    /// <inheritdoc/>
    private protected sealed override void OnFirstInput() => _timeout?.Start();

    /// <summary>
    /// For <see cref="AsyncCmdlet.OnStopProcessing"/>: warns how many of the jobs that are waited for have not ended. Through the host, since
    /// the pipeline takes no more output.
    /// </summary>
    private protected void WarnOfUnfinishedJobs()
    {
        // The engine also stops commands that have not begun, and so have no waiter yet.
        if (Waiter is { Progress: var progress } && progress.Finished < progress.Total)
        {
            Host?.UI?.WriteWarningLine(
                string.Format(CultureInfo.InvariantCulture, SR.WarningWaitInterrupted, progress.Total - progress.Finished));
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
}
