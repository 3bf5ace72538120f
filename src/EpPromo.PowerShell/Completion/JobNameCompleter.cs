using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes names of jobs where wildcards are allowed: those of the promotions on the command line, or else of the whole store. The newest
/// come first.
/// </summary>
internal sealed class JobNameCompleter : StoreCompleter<PromotionJob>
{
    /// <inheritdoc/>
    private protected override string Unquote(string word) => WildcardPattern.Unescape(base.Unquote(word));

    private protected override Task SearchAsync(CompletionQuery query, List<PromotionJob> found, CancellationToken cancellationToken) =>
        JobCache.ReadAsync(query, JobCache.NameAge, (_, jobs) => found.AddRange(jobs), cancellationToken);

    private protected override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<PromotionJob> found) => found
        .Where(job => job.Name.Length > 0 && query.Matches(job.Name))
        .OrderByDescending(job => job.CreatedAt)
        .GroupBy(job => job.Name, StringComparer.OrdinalIgnoreCase)
        .Select(same => new CompletionResult(
            ArgumentText.Of(WildcardText.Escape(same.Key)), same.Key, CompletionResultType.ParameterValue, JobText.Describe(same.First())));
}
