using System.Management.Automation;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes ids of jobs by the jobs' names: those of the promotions on the command line, the newest first. Ids say nothing, so the list
/// shows the names, and the tooltip has the status, the codes and the time.
/// </summary>
internal sealed class JobIdCompleter : StoreCompleter<PromotionJob>
{
    private protected override async Task SearchAsync(CompletionQuery query, List<PromotionJob> found, CancellationToken cancellationToken)
    {
        // A job belongs to one promotion. Without that, its id is no valid argument.
        if (PromotionArgument.IsGiven(query))
        {
            await JobCache.ReadAsync(query, JobCache.StatusAge, (_, jobs) => found.AddRange(jobs), cancellationToken);
        }
    }

    private protected override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<PromotionJob> found) => found
        .Where(job => query.Matches(job.Name) || job.JobId.StartsWith(query.Word, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(job => job.CreatedAt)
        .Select(job => new CompletionResult(
            job.JobId, job.Name.Length == 0 ? job.JobId : job.Name, CompletionResultType.ParameterValue, JobText.Describe(job)));
}
