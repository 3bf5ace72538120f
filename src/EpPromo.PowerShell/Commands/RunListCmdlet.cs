using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.PowerShell;

/// <summary>A cmdlet that finds runs by their names, in the job lists of the given promotions or of the whole store.</summary>
public abstract class RunListCmdlet : PromotionKindCmdlet
{
    private readonly HashSet<(StoreContext, string)> _promotions = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly WorkProgress _progress = new(SR.ProgressReadingRuns);
    private NameSearchPattern[]? _patterns;

    /// <summary>
    /// Names of runs. Wildcards are allowed, and upper and lower case are the same. A name without a wildcard that no run has is an error.
    /// </summary>
    [Parameter(Position = 0)]
    [Alias("Run")]
    [ArgumentCompleter(typeof(RunNameCompleter))]
    [SupportsWildcards]
    [OptionalTransformation]
    public string[]? Name { get; set; }

    /// <summary>
    /// Look for runs on these promotions only, which takes fewer requests: their names (upper and lower case are the same), their ids, or
    /// objects such as the promotions of Get-EpPromotion. Without it, all promotions of the store that take codes are read.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PromotionId", "PromotionName")]
    [ArgumentCompleter(typeof(CodePromotionCompleter))]
    [PromotionTransformation]
    public PromotionReference[]? Promotion { get; set; }

    private protected sealed override int MaxConcurrency => StoreRunFinder.MaxConcurrency;

    private protected sealed override object? ErrorTarget => TextsOf(Promotion ?? []);

    /// <summary>Whether the promotions of the whole store are read.</summary>
    private protected bool IsWholeStore => Promotion is null && !MyInvocation.ExpectingInput;

    /// <summary>Returns what reads the jobs of a promotion, each promotion once. On the pipeline thread; what is returned is work.</summary>
    private protected abstract Func<CancellationToken, Task> ReadOf(StoreContext store, string promotionId);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "runs");
        _patterns = Name?.Select(name => new NameSearchPattern(name)).ToArray();
    }

    /// <inheritdoc/>
    private protected sealed override void ProcessInput()
    {
        if (IsWholeStore)
        {
            StoreContext store = DefaultContext();
            foreach (Promotion promotion in Await(cancellationToken => new StoreRunFinder(store.Api).ListPromotionsAsync(cancellationToken)))
            {
                StartRead(store, PromotionIdentity.Of(promotion));
            }
        }
        else
        {
            ForEachPromotion(Promotion ?? [], StartRead);
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    /// <summary>Whether a run with this name is wanted. For work.</summary>
    private protected bool IsWanted(string run)
    {
        lock (_names)
        {
            _names.Add(run);
        }

        return _patterns is null || _patterns.Any(pattern => pattern.Matches(run));
    }

    /// <summary>Writes an error for each given name that no run has. Called when all promotions have been read. On the pipeline thread.</summary>
    private protected void ShowMissingRuns()
    {
        foreach (NameSearchPattern missing in (_patterns ?? []).Where(pattern => !pattern.IsPattern && !_names.Any(pattern.Matches)))
        {
            ShowError(ErrorRecords.From(RunResolver.NotFound(missing.Name, _names), missing.Name));
        }
    }

    private void StartRead(StoreContext store, PromotionIdentity promotion)
    {
        string promotionId = promotion.PromotionId;
        if (!_promotions.Add((store, promotionId)))
        {
            return;
        }

        Func<CancellationToken, Task> read = ReadOf(store, promotionId);
        WorkStep step = _progress.Add(promotion.ToString());
        Start(promotionId, async cancellationToken =>
        {
            using (step)
            {
                step.Report("");
                await read(cancellationToken);
            }
        });
    }
}
