using System.Management.Automation;
using EpPromo.Runs.Finding;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes names of runs: those of the promotions on the command line, or else of the whole store. The newest come first. The tooltip says
/// how far a run is.
/// </summary>
internal class RunCompleter : StoreCompleter<PromotionRun>
{
    /// <summary>The order in which runs are offered; a lower number is better.</summary>
    private protected virtual int RankOf(PromotionRun run) => 0;

    /// <summary>The text that is completed for a run.</summary>
    private protected virtual string TextFor(PromotionRun run) => ArgumentText.Of(run.Name);

    private protected sealed override async Task SearchAsync(CompletionQuery query, List<PromotionRun> found, CancellationToken cancellationToken)
    {
        List<CodeRun> parts = [];
        try
        {
            await JobCache.ReadAsync(
                query, JobCache.NameAge, (promotion, jobs) => parts.AddRange(RunFinder.PartsOf(promotion, jobs)), cancellationToken);
        }
        finally
        {
            found.AddRange(RunFinder.Combine(parts));
        }
    }

    private protected sealed override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<PromotionRun> found) => found
        .Where(run => query.Matches(run.Name))
        .OrderBy(RankOf)
        .Select(run => new CompletionResult(TextFor(run), run.Name, CompletionResultType.ParameterValue, Describe(run)));

    private static string Describe(PromotionRun run) => MessageText.Of(
        SR.DetailRunTooltip, run.Name, run.Status, Progress(run), PromotionsOf(run),
        JobText.TimeOf(run.Started));

    private static string Progress(PromotionRun run) =>
        run.Requested is { } requested ? MessageText.Of(SR.DetailCodesOf, run.Generated, requested)
        : MessageText.Of("{0:code}", run.Generated);

    private static string PromotionsOf(PromotionRun run) =>
        run.Promotions == 1 && run.PromotionNames[0].Length > 0 ? run.PromotionNames[0] : MessageText.Of("{0:promotion}", run.Promotions);
}
