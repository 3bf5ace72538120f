using System.Globalization;
using System.Management.Automation;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>A cmdlet that talks to a store: the one given, else the one connected in this runspace, else that of the environment.</summary>
public abstract class StoreCmdlet : AsyncCmdlet
{
    private const string MixedJob = "EpPromo.PromotionJob#Mixed";

    private JobWaiter? _waiter;
    private StoreApi? _api;
    private bool _columnsTold;
    private bool _formulaTold;
    private CancellationTokenSource? _timeout;
    private TimeSpan? _limit;

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

    /// <summary>The one waiter of this cmdlet, reading lists from the first use on.</summary>
    private protected JobWaiter Waiter => _waiter ??= StartWaiter();

    /// <summary>How far the waiting has come, or null when nothing is waited for.</summary>
    private protected WaitProgress? Waiting => _waiter?.Progress;

    /// <summary>Creates jobs, exactly once.</summary>
    private protected JobCreator Creator => new(
        Api.Jobs, SessionStores.Clock, SessionStores.Random, ActiveStore.ClaimedJobs, ActiveStore.CreateTurns, ActiveStore.ConsistencyWindow);

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

    /// <summary>
    /// Warns of an argument that was to choose some and is nothing, as that of a variable that nobody has set: it is taken for left out, and then
    /// all are chosen. Called before the input comes: an empty cell of a table says nothing of the other rows.
    /// </summary>
    private protected void WarnOfEmpty(string parameter, string[]? value, string all)
    {
        if (value is null && MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            ShowWarning(string.Format(CultureInfo.InvariantCulture, SR.WarningEmptyFilter, parameter, all));
        }
    }

    /// <summary>
    /// Warns, once, when the row that <paramref name="promotionIds"/> came from has columns that no parameter takes, while it lacks one
    /// that would be taken: a column that is misspelled would otherwise read as one that is not there.
    /// </summary>
    private protected void WarnOfColumns(string[] promotionIds)
    {
        if (!_columnsTold && PromotionIdsTransformationAttribute.RowOf(promotionIds) is { } row && InputColumns.Warning(row, MyInvocation, ParameterSetName) is { } warning)
        {
            _columnsTold = true;
            ShowWarning(warning);
        }
    }

    /// <summary>Warns, once, when a spreadsheet would take codes with <paramref name="prefix"/> for formulas.</summary>
    private protected void WarnOfFormula(string? prefix)
    {
        if (!_formulaTold && prefix is { Length: > 0 } && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".IndexOf(prefix[0]) >= 0)
        {
            _formulaTold = true;
            ShowWarning(string.Format(CultureInfo.InvariantCulture, SR.WarningFormulaPrefix, prefix));
        }
    }

    /// <summary>Emits a job among jobs of other promotions: its table names the promotion in each row. For work.</summary>
    private protected Task EmitJobAsync(PromotionJob job) => PostAsync(() =>
    {
        // On the pipeline thread: the engine keeps the names of types by the object itself, which may have been given twice.
        PSObject row = new(job);
        if (row.TypeNames[0] != MixedJob)
        {
            row.TypeNames.Insert(0, MixedJob);
        }

        WriteObject(row);
    });

    /// <summary>
    /// The token that is cancelled when the time that <paramref name="limit"/> gives the whole command is over, or by a stop. The time
    /// begins with the first input that reaches the command: what the commands before it take is not its own.
    /// </summary>
    private protected CancellationToken StartTimeout(TimeSpan? limit)
    {
        if (limit < TimeSpan.Zero)
        {
            ThrowTerminatingError(ErrorRecords.From(new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadTimeout)), limit));
        }

        _timeout = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        _limit = limit;
        return _timeout.Token;
    }

    /// <inheritdoc/>
    private protected sealed override void OnFirstInput()
    {
        if (_limit is { } time && time <= SystemClock.Longest)
        {
            _timeout!.CancelAfter(time);
        }
    }

    /// <summary>
    /// For <see cref="AsyncCmdlet.OnStop"/>: says how many of the jobs that are waited for had not ended. Through the host, since the
    /// pipeline takes no more output.
    /// </summary>
    private protected void TellOfUnendedJobs()
    {
        if (Waiting is { } waiting && waiting.Finished < waiting.Total)
        {
            Host?.UI?.WriteWarningLine(
                string.Format(CultureInfo.InvariantCulture, SR.WarningWaitInterrupted, waiting.Total - waiting.Finished));
        }
    }

    /// <summary>Whether the time of <see cref="StartTimeout"/> is over, and not the pipeline.</summary>
    private protected bool IsTimedOut => _timeout?.IsCancellationRequested == true && !StopToken.IsCancellationRequested;

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
        JobWaiter waiter = new(Api.Jobs, SessionStores.Clock, ActiveStore.ConsistencyWindow);
        StartBeside(waiter.RunAsync);
        return waiter;
    }
}
