using System.Globalization;
using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes ids of jobs by the jobs' names: those of the promotions on the command line, the newest first. Ids say nothing, so the list
/// shows the names, and the tooltip has the status, the codes and the time.
/// </summary>
internal sealed class JobIdCompleter : StoreCompleter<PromotionJob>
{
    private protected override async Task SearchAsync(CompletionQuery query, List<PromotionJob> found, CancellationToken cancellationToken)
    {
        foreach (string promotionId in await PromotionArgument.FindAsync(query, cancellationToken) ?? [])
        {
            await JobFinder.WalkAsync(
                query.Api.Jobs,
                promotionId,
                null,
                0,
                page =>
                {
                    found.AddRange(page.Items);
                    return true;
                },
                cancellationToken);
        }
    }

    private protected override IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<PromotionJob> found) => found
        .Where(job => query.Matches(job.Name) || job.JobId.StartsWith(query.Word, StringComparison.OrdinalIgnoreCase))
        .GroupBy(job => job.JobId)
        .Select(same => same.First())
        .OrderByDescending(job => job.CreatedAt)
        .Select(job => new CompletionResult(
            job.JobId, job.Name.Length == 0 ? job.JobId : job.Name, CompletionResultType.ParameterValue, Describe(job)));

    private static string Describe(PromotionJob job) => MessageText.Of(
        SR.DetailJobTooltip, job.Name.Length == 0 ? job.JobId : job.Name, job.Status, CodesOf(job),
        job.CreatedAt?.LocalDateTime.ToString("g", CultureInfo.CurrentCulture) ?? SR.DetailUnknownTime);

    private static string CodesOf(PromotionJob job) => job.NumberOfCodes is { } requested
        ? MessageText.Of(SR.DetailCodesOf, job.Generated ?? 0, requested)
        : job.JobType;
}
