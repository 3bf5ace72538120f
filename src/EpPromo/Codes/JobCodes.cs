using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>
/// Finds the codes that generate jobs have made. A code does not name its job (api-contract.md section 6), but a promotion has one
/// active job at a time (section 3), so prefix and time of creation tell it.
/// </summary>
internal sealed class JobCodes
{
    private readonly ICodeApi _api;

    /// <summary>A search through <paramref name="api"/>.</summary>
    public JobCodes(ICodeApi api) => _api = api;

    /// <summary>Visits the codes of <paramref name="job"/>, page by page; the same one can come twice.</summary>
    /// <param name="job">An ended generate job with its times.</param>
    /// <param name="visit">Called for each code.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Task VisitAsync(PromotionJob job, Func<PromotionCode, Task> visit, CancellationToken cancellationToken) =>
        VisitAsync(job.PromotionId, job.CodePrefix, [job], (_, code) => visit(code), cancellationToken);

    /// <summary>Visits the codes of several jobs in one walk over the promotion's codes; the same one can come twice.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="codePrefix">What the codes of all the jobs begin with, or null.</param>
    /// <param name="jobs">Ended generate jobs with their times.</param>
    /// <param name="visit">Called for each code and each job that can have made it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task VisitAsync(
        string promotionId,
        string? codePrefix,
        IReadOnlyList<PromotionJob> jobs,
        Func<PromotionJob, PromotionCode, Task> visit,
        CancellationToken cancellationToken)
    {
        string prefix = ComposedText.Of(codePrefix ?? "");
        int found = 0;

        // Where codes sort without their case, those with the prefix stand together, right after the prefix itself. How a dash sorts is
        // not said, so one at the prefix's end is left out of this.
        string start = prefix.TrimEnd('-');
        CodeWalk walk = new(_api, promotionId);
        bool isWhole = start.Length == 0 || !await walk.TryFromAsync(start, LookAsync, cancellationToken);

        // A store may sort them otherwise (api-contract.md section 8): capital letters may come before all small ones, and it may keep
        // codes in other letters than the prefix has; and a job may not say how many it left. The whole list has them wherever they stand,
        // also where no filter can hold the prefix.
        if (isWhole || found < jobs.Sum(MostCodes))
        {
            await walk.AllAsync(
                async code =>
                {
                    await LookAsync(code);
                    return true;
                },
                cancellationToken);
        }

        async Task<bool> LookAsync(PromotionCode code)
        {
            bool isOwn = false;
            foreach (PromotionJob job in jobs)
            {
                if (StartsWith(code, prefix) && CanHaveMade(job, code))
                {
                    isOwn = true;
                    await visit(job, code);
                }
            }

            found += isOwn ? 1 : 0;
            return StartsWith(code, start);
        }
    }

    /// <summary>The most codes that can be a job's; of a completed one that says neither how many it made nor what it was asked for, as many as a job can make.</summary>
    private static int MostCodes(PromotionJob job) =>
        JobStatuses.IsCompleted(job.Status) && job is { Generated: null, NumberOfCodes: null }
            ? NewJob.MaxNumberOfCodes
            : JobCodeCount.MaxRemaining(job);

    private static bool StartsWith(PromotionCode code, string prefix) =>
        ComposedText.Of(code.Code).StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a job can have made a code, by their times. A code's may be cut to whole seconds where a job's is not (that both have
    /// one form is not said): such a one is that of any moment of its second.
    /// </summary>
    internal static bool CanHaveMade(PromotionJob job, PromotionCode code) =>
        code.CreatedAt is not { } made
        || (made <= job.UpdatedAt && (made >= job.CreatedAt || (IsCut(made) && made == CutToSecond(job.CreatedAt))));

    /// <summary>
    /// Whether a code whose time is cut to seconds is of the second in which a job that can have made it began or ended: another job,
    /// just before or just after, can have made it as well.
    /// </summary>
    internal static bool IsAtItsEdge(PromotionJob job, PromotionCode code) =>
        code.CreatedAt is { } made && IsCut(made) && (made == CutToSecond(job.CreatedAt) || made == CutToSecond(job.UpdatedAt));

    private static bool IsCut(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    private static DateTimeOffset? CutToSecond(DateTimeOffset? time) => time?.AddTicks(-(time.Value.Ticks % TimeSpan.TicksPerSecond));
}
