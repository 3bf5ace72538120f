using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// Finds the codes that generate jobs have created. A code does not name its job (api-contract.md section 6), but a promotion has one
/// active job at a time (section 3), so the prefix and the time of creation identify it.
/// </summary>
internal sealed class JobCodeFinder
{
    private readonly ICodeApi _api;

    /// <summary>A finder that uses <paramref name="api"/>.</summary>
    public JobCodeFinder(ICodeApi api) => _api = api;

    /// <summary>Finds the codes of <paramref name="job"/>, page by page.</summary>
    /// <param name="job">A generate job that has ended and has its times.</param>
    /// <param name="process">Called for each code, possibly twice for the same one.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public Task FindAsync(PromotionJob job, Func<PromotionCode, Task> process, CancellationToken cancellationToken) =>
        FindAsync(job.PromotionId, job.CodePrefix, [job], (_, code) => process(code), cancellationToken);

    /// <summary>Finds the codes of several jobs while it lists the promotion's codes once.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="codePrefix">The prefix of the codes of all the jobs, or null.</param>
    /// <param name="jobs">Generate jobs that have ended and have their times.</param>
    /// <param name="process">Called for each code and each job that could have generated it, possibly twice for the same code.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task FindAsync(
        string promotionId,
        string? codePrefix,
        IReadOnlyList<PromotionJob> jobs,
        Func<PromotionJob, PromotionCode, Task> process,
        CancellationToken cancellationToken)
    {
        string prefix = NormalizedText.Of(codePrefix ?? "");
        int found = 0;

        // If the sort order ignores case, the codes with the prefix are adjacent, right after the prefix itself. The contract does not say how
        // a dash sorts, so the search starts before a dash at the end of the prefix.
        string start = prefix.TrimEnd('-');
        CodeLister lister = new(_api, promotionId);
        bool needsAll = start.Length == 0 || !await lister.TryListAfterAsync(start, ProcessAsync, cancellationToken);

        // A store may sort them differently (api-contract.md section 8), for example capital letters first; it may keep codes in another case
        // than the prefix; and a job may not report how many codes remain. The whole list has them wherever they are, even if no filter can
        // contain the prefix.
        if (needsAll || found < jobs.Sum(MaxCodes))
        {
            await lister.ListAllAsync(
                async code =>
                {
                    await ProcessAsync(code);
                    return true;
                },
                cancellationToken);
        }

        async Task<bool> ProcessAsync(PromotionCode code)
        {
            bool isFound = false;
            foreach (PromotionJob job in HasPrefix(code, prefix) ? jobs : [])
            {
                if (CouldHaveGenerated(job, code))
                {
                    isFound = true;
                    await process(job, code);
                }
            }

            found += isFound ? 1 : 0;
            return HasPrefix(code, start);
        }
    }

    /// <summary>
    /// The maximum number of codes of a job. A completed job that reports neither how many it generated nor how many were requested may
    /// have as many as any job can.
    /// </summary>
    private static int MaxCodes(PromotionJob job) =>
        JobStatuses.IsCompleted(job.Status) && job is { Generated: null, NumberOfCodes: null }
            ? NewJob.MaxNumberOfCodes
            : JobCodeCount.MaxRemaining(job);

    /// <summary>Whether a code starts with a prefix in Unicode's composed form (<see cref="NormalizedText"/>).</summary>
    internal static bool HasPrefix(PromotionCode code, string prefix) =>
        NormalizedText.Of(code.Code).StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a job could have generated a code, by their times. A code's time may be truncated to seconds even if a job's is not (the
    /// contract does not say that both have the same precision): then it stands for any moment of its second.
    /// </summary>
    internal static bool CouldHaveGenerated(PromotionJob job, PromotionCode code) =>
        code.CreatedAt is not { } created
        || (created <= job.UpdatedAt && (created >= job.CreatedAt || (IsTruncated(created) && created == Truncate(job.CreatedAt))));

    /// <summary>
    /// Whether a code whose time is truncated was created in the second in which the job started or ended, so that the previous or the
    /// next job could have generated it as well.
    /// </summary>
    internal static bool IsAtBoundary(PromotionJob job, PromotionCode code) =>
        code.CreatedAt is { } created && IsTruncated(created)
        && (created == Truncate(job.CreatedAt) || created == Truncate(job.UpdatedAt));

    /// <summary>Whether a time may have been truncated to whole seconds.</summary>
    internal static bool IsTruncated(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    /// <summary>A time, truncated to whole seconds.</summary>
    internal static DateTimeOffset Truncate(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static DateTimeOffset? Truncate(DateTimeOffset? time) => time is { } known ? Truncate(known) : null;
}
