using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes prefixes of codes: those with which jobs have generated codes on the promotions of the command line, or else in the whole store.
/// The newest come first; one that only cancelled or failed jobs had may be misspelled, and is left out. The tooltip says how many codes were generated with one, and when.
/// </summary>
internal sealed class CodePrefixCompleter : StoreCompleter<PromotionJob>
{
    private protected override Task SearchAsync(CompletionQuery query, List<PromotionJob> found, CancellationToken cancellationToken) =>
        JobCache.ReadAsync(query, JobCache.NameAge, (_, jobs) => found.AddRange(jobs), cancellationToken);

    private protected override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<PromotionJob> found) => found
        .Where(job => !string.IsNullOrWhiteSpace(job.CodePrefix)
            && (!job.IsFinished || JobStatuses.IsCompleted(job.Status))
            && NormalizedText.Of(job.CodePrefix!).StartsWith(NormalizedText.Of(query.Word), StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(job => job.CreatedAt)
        .GroupBy(job => NormalizedText.Of(job.CodePrefix!), StringComparer.OrdinalIgnoreCase)
        .Select(same => new CompletionResult(
            ArgumentText.Of(same.Key), same.Key, CompletionResultType.ParameterValue, Describe(same.Key, [.. same])));

    private static string Describe(string prefix, IReadOnlyList<PromotionJob> jobs)
    {
        string[] promotions = [.. jobs.Select(job => job.PromotionId).Distinct()];
        string name = jobs[0].PromotionName;
        return MessageText.Of(
            SR.DetailPrefixTooltip,
            prefix,
            MessageText.Of("{0:code}", jobs.Sum(job => job.Generated ?? 0)),
            promotions.Length == 1 && name.Length > 0 ? name : MessageText.Of("{0:promotion}", promotions.Length),
            JobText.TimeOf(jobs[0].CreatedAt));
    }
}
