using System.Globalization;
using System.Management.Automation;
using EpPromo.Api;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs.Finding;
using EpPromo.Stores;

namespace EpPromo.PowerShell;

/// <summary>
/// A cmdlet that works on stores: the one given, else the one that the input came from, else the one connected in this runspace, else that
/// of the environment.
/// </summary>
public abstract class StoreCmdlet : ConfirmingCmdlet
{
    private readonly StoreContexts _contexts = new();

    private HashSet<string> _onCommandLine = [];
    private CommandTimeout? _timeout;
    private int _endedBefore;

    private protected StoreCmdlet() => Warnings = new InputWarnings(this, ShowWarning);

    /// <summary>
    /// The store to use, or its name. Without it, the command uses the store that its input came from, or else the store that was connected
    /// last in this runspace or, if none was, the store of the EPCC_* environment variables.
    /// </summary>
    [Parameter]
    [StoreTransformation]
    [ArgumentCompleter(typeof(StoreNameCompleter))]
    [ValidateNotNull]
    public EpStore? Store { get; set; }

    /// <summary>Whether the command waits for jobs, so that each of its stores needs a service that polls them.</summary>
    private protected virtual bool UsesWaiter => false;

    /// <summary>The kind of promotions given on the command line, or null.</summary>
    private protected virtual PromotionKind? GivenKind => null;

    /// <summary>Whether the command works on promotions of Promotions Standard as well.</summary>
    private protected virtual bool TakesStandard => false;

    /// <summary>Warns of input that is valid but probably not intended.</summary>
    private protected InputWarnings Warnings { get; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _onCommandLine = [.. MyInvocation.BoundParameters.Keys];
        _endedBefore = SessionStores.Current.EndedCommands;
        if (Store is not null)
        {
            DefaultContext();
        }
    }

    /// <summary>Whether the command line, and not the input, gives a parameter.</summary>
    private protected bool IsOnCommandLine(string parameter) => _onCommandLine.Contains(parameter);

    /// <summary>Whether a command of this module has ended since this one began: one that is before it in its pipeline.</summary>
    private protected bool FollowsCommand => SessionStores.Current.EndedCommands > _endedBefore;

    /// <inheritdoc/>
    private protected override void OnEnded() => SessionStores.Current.EndedCommands++;

    /// <summary>The context of the store to use for input that does not say which. Ends the command if there is none.</summary>
    private protected StoreContext DefaultContext() => DefaultContext(InputKind.Of(null, GivenKind));

    /// <summary>The context of the store to use for an input object. Ends the command if there is none.</summary>
    /// <param name="origin">The store that the object came from, or null.</param>
    /// <exception cref="EpPromoException">
    /// The store was disconnected, or the object names one that is not connected, or promotions of a kind that the command does not take.
    /// </exception>
    private protected StoreContext ContextFor(IStoreReference? origin)
    {
        PromotionKind kind = InputKind.Of(origin, GivenKind);
        if (kind == PromotionKind.Standard && !TakesStandard)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.StandardNotSupported), MyInvocation.MyCommand.Name);
        }

        return Store is not null || origin?.Name is not { } name ? DefaultContext(kind)
            : ContextOf(((origin as StoreSection)?.Store ?? SessionStores.Current.Get(name)).Section(kind));
    }

    /// <summary>The context of a store that a parameter names. On the pipeline thread.</summary>
    /// <exception cref="EpPromoException">The store was disconnected.</exception>
    private protected StoreContext ContextIn(EpStore store) => ContextOf(store.Section(PromotionKind.Rule));

    private StoreContext DefaultContext(PromotionKind kind)
    {
        try
        {
            return ContextOf((Store ?? SessionStores.Current.Default).Section(kind));
        }
        catch (EpPromoException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Store));
            throw;
        }
    }

    /// <summary>
    /// Finds each of the promotions and processes it. One that is invalid or cannot be found is an error of its own. On the pipeline thread.
    /// </summary>
    /// <param name="references">The promotions.</param>
    /// <param name="process">Callback: processes one.</param>
    /// <param name="check">Callback: called before anything is requested for a promotion, with its store and kind; throws to reject it.</param>
    private protected void ForEachPromotion(
        PromotionReference[] references, Action<StoreContext, PromotionIdentity> process, Action<StoreContext>? check = null)
    {
        Warnings.CheckColumns(references);
        foreach (PromotionReference reference in references)
        {
            string target = reference.Text;
            string subject = target;
            try
            {
                StoreContext context = ContextFor(reference.Origin);
                check?.Invoke(context);
                PromotionIdentity promotion = Find(context, reference);
                (target, subject) = (promotion.PromotionId, promotion.ToString());
                process(context, promotion);
            }
            catch (EpPromoException e)
            {
                ShowError(ErrorRecords.From(e, target, e.Message.Contains(target) ? null : subject));
            }
        }
    }

    /// <summary>
    /// Finds each of the runs on its promotions, and processes each of these parts. One that cannot be found, and a job list that cannot be
    /// read, is an error of its own. If only the name of a run is known, those of the whole store are read. On the pipeline thread.
    /// </summary>
    /// <returns>Whether all could be found.</returns>
    private protected bool ForEachRun(CodeRun[] runs, Action<StoreContext, CodeRun> process)
    {
        bool isAllFound = true;
        foreach (CodeRun run in runs)
        {
            try
            {
                StoreContext context = ContextFor(run.Origin);
                RunSearch found = FindRun(context, run);
                ForEachInput(found.Parts, part => process(context, part));
                isAllFound &= found.Unread.Count == 0;
                found.Unread.ForEach(unread => OnRunUnread(context, unread.PromotionId, unread.Error));
            }
            catch (EpPromoException e)
            {
                isAllFound = false;
                ShowError(ErrorRecords.From(e, run.PromotionId.Length > 0 ? run.PromotionId : run.Name));
            }
        }

        return isAllFound;
    }

    /// <summary>Called for each promotion whose jobs could not be listed to find a run. On the pipeline thread.</summary>
    private protected virtual void OnRunUnread(StoreContext context, string promotionId, EpPromoException error) =>
        ShowError(ErrorRecords.From(error, promotionId));

    /// <summary>Finds a run on its promotions. On the pipeline thread.</summary>
    /// <exception cref="EpPromoException">It is invalid or cannot be found.</exception>
    private protected RunSearch FindRun(StoreContext context, CodeRun run) => AwaitNames(cancellationToken =>
        new RunResolver(context.Api, context.Directory, context.Pages).ResolveAsync(run, cancellationToken));

    /// <summary>Whose codes a file gets. On the pipeline thread.</summary>
    /// <param name="context">The store.</param>
    /// <param name="promotion">The promotion.</param>
    /// <param name="namesFile">Whether the file is named after it.</param>
    /// <exception cref="EpPromoException">The name for a file cannot be read.</exception>
    private protected OutputTarget TargetOf(StoreContext context, PromotionIdentity promotion, bool namesFile)
    {
        (PromotionIdentity named, bool isUnique) = !namesFile ? (promotion, false) : AwaitNames(cancellationToken =>
            context.Directory.FindForFileAsync(promotion.PromotionId, context.Api.Promotions, cancellationToken));
        return new OutputTarget(promotion.PromotionId) { PromotionName = named.PromotionName, Kind = context.Kind, IsNameUnique = isUnique };
    }

    /// <summary>The valid ones of <paramref name="ids"/>; each invalid one becomes an error. To be called before promotions are read to find names.</summary>
    private protected string[] CheckedIds(IEnumerable<string> ids)
    {
        List<string> valid = [];
        ForEachInput(ids, id => valid.Add(Identifier.Checked(id)));
        return [.. valid];
    }

    /// <summary>The names or ids of promotions, as the target of an error.</summary>
    private protected static string[] TextsOf(PromotionReference[] references) => [.. references.Select(reference => reference.Text)];

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

    /// <inheritdoc/>
    private protected sealed override string WithNames(string text) => PromotionNameText.Add(text, _contexts.NameOf);

    /// <summary>How long the jobs will take that the command waits for, or null while there is no estimate.</summary>
    private protected TimeSpan? RemainingJobTime => _contexts.RemainingJobTime;

    /// <summary>Shows how far the jobs are that the command waits for, one bar for each store.</summary>
    private protected void ShowJobProgress(string activity)
    {
        for (int i = 0; i < _contexts.All.Count; i++)
        {
            if (_contexts.All[i].Waiter.Progress is { Total: > 0 } progress)
            {
                ShowProgress(JobProgress.Of(i, activity, progress));
            }
        }
    }

    /// <summary>
    /// For <see cref="AsyncCmdlet.OnStopProcessing"/>: warns how many of the jobs that are waited for have not ended. Through the host, since
    /// the pipeline takes no more output.
    /// </summary>
    private protected void WarnOfUnfinishedJobs()
    {
        if (_contexts.UnfinishedJobs is > 0 and int unfinished)
        {
            Host?.UI?.WriteWarningLine(string.Format(CultureInfo.InvariantCulture, SR.WarningWaitInterrupted, unfinished));
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

    private StoreContext ContextOf(StoreSection section) => _contexts.Of(section, _ =>
    {
        StoreContext context = new(section, this, Limit);
        if (UsesWaiter)
        {
            StartBackground(context.Waiter.RunAsync);
        }

        return context;
    });

    private PromotionIdentity Find(StoreContext context, PromotionReference reference)
    {
        reference.Check();
        PromotionIdentity promotion = context.FindKnown(reference) ?? AwaitNames(
            cancellationToken => context.FindAsync(reference, cancellationToken),
            reference.CanBeId ? () => context.Directory.Identify(Identifier.Checked(reference.Text)) : null);
        return reference.NameInRow is not { Length: > 0 } name || promotion.IsCalled(name)
            ? promotion
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PromotionIdAndNameDiffer), name, promotion.PromotionId);
    }

    /// <summary>
    /// Waits for a read that the names in the input need. The time counts towards that of the command; only with a timeout of 0, which asks
    /// for one poll of each job, the read takes the time that it needs.
    /// </summary>
    /// <param name="find">The read.</param>
    /// <param name="onTimeout">What to continue with when the time is over, if the names are not needed.</param>
    /// <exception cref="EpPromoException">They cannot be found or read, or the time is over.</exception>
    private protected T AwaitNames<T>(Func<CancellationToken, Task<T>> find, Func<T>? onTimeout = null)
    {
        try
        {
            return Await(stop => find(_timeout is { Limit: { Ticks: > 0 } } timeout ? timeout.Token : stop));
        }
        catch (OperationCanceledException) when (_timeout?.HasExpired == true)
        {
            return onTimeout is null ? throw TimeoutError(nameof(SR.NameTimeout), _timeout.Limit) : onTimeout();
        }
    }
}
