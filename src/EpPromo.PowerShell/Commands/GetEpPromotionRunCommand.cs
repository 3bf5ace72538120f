using System.Management.Automation;
using EpPromo.PowerShell.Completion;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.PowerShell;

/// <summary>Get-EpPromotionRun: returns the runs of a store, the newest first. The names of their jobs are the only record of them.</summary>
[Cmdlet(VerbsCommon.Get, "EpPromotionRun")]
[OutputType(typeof(PromotionRun))]
public sealed class GetEpPromotionRunCommand : PromotionKindCmdlet
{
    private readonly HashSet<(StoreContext, string)> _promotions = [];
    private readonly List<CodeRun> _parts = [];
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

    /// <summary>
    /// Return only runs with these statuses: processing (a job is active), incomplete (no job is active, and codes are missing), completed.
    /// </summary>
    [Parameter]
    [TextTransformation]
    [ValidateSet(RunStatuses.Processing, RunStatuses.Incomplete, RunStatuses.Completed)]
    public string[]? Status { get; set; }

    private protected override int MaxConcurrency => StoreRunFinder.MaxConcurrency;

    private protected override object? ErrorTarget => TextsOf(Promotion ?? []);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Warnings.CheckFilter(nameof(Name), Name, "runs");
        Warnings.CheckFilter(nameof(Status), Status, "runs");
        _patterns = Name?.Select(name => new NameSearchPattern(name)).ToArray();
    }

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (Promotion is null && !MyInvocation.ExpectingInput)
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
    private protected override void OnEndProcessing()
    {
        // The newest run comes first, so all have to be known.
        DrainAll();
        foreach (PromotionRun run in RunFinder.Combine(_parts).Where(HasStatus))
        {
            WriteObject(run);
        }

        foreach (NameSearchPattern missing in (_patterns ?? []).Where(pattern => !pattern.IsPattern && !_names.Any(pattern.Matches)))
        {
            ShowError(ErrorRecords.From(RunResolver.NotFound(missing.Name, _names), missing.Name));
        }
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => _progress.Show(ShowProgress);

    private void StartRead(StoreContext store, PromotionIdentity promotion)
    {
        if (!_promotions.Add((store, promotion.PromotionId)))
        {
            return;
        }

        WorkStep step = _progress.Add(promotion.ToString());
        Start(promotion.PromotionId, async cancellationToken =>
        {
            using (step)
            {
                step.Report("");
                IReadOnlyList<CodeRun> parts = await new RunFinder(store.Api.Jobs).FindAsync(promotion.PromotionId, IsWanted, cancellationToken);
                await PostAsync(() => _parts.AddRange(parts));
            }
        });
    }

    private bool IsWanted(string run)
    {
        lock (_names)
        {
            _names.Add(run);
        }

        return _patterns is null || _patterns.Any(pattern => pattern.Matches(run));
    }

    private bool HasStatus(PromotionRun run) => Status is null || Status.Contains(run.Status, StringComparer.OrdinalIgnoreCase);
}
