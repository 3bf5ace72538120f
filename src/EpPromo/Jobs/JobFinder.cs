using EpPromo.Api;

namespace EpPromo.Jobs;

/// <summary>Finds jobs in a promotion's list: the API has no request for a single job (api-contract.md section 5).</summary>
internal static class JobFinder
{
    /// <summary>
    /// Passes each page of a promotion's jobs to <paramref name="visit"/>, until it returns false. If the store rejects the filter by type,
    /// the pages have all jobs, so the caller has to check the type.
    /// </summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all.</param>
    /// <param name="start">The offset of the first page.</param>
    /// <param name="visit">Callback: receives each page; a job can be in two of them.</param>
    /// <param name="concurrency">How many pages are requested at the same time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EpPromoException">The list cannot be read, or not to the end.</exception>
    public static async Task WalkAsync(
        IJobApi api,
        string promotionId,
        string? jobType,
        int start,
        Func<Page<PromotionJob>, Task<bool>> visit,
        PageConcurrency concurrency,
        CancellationToken cancellationToken)
    {
        try
        {
            await WalkAsync(jobType);
        }
        catch (EpPromoException e) when (jobType is not null && e.ErrorId == nameof(SR.BadFilter))
        {
            await WalkAsync(null);
        }

        Task WalkAsync(string? type) => Paging.ForEachPageAsync(
            start,
            (offset, stop) => api.ListJobsAsync(promotionId, type, offset, stop),
            job => job.JobId,
            visit,
            concurrency,
            cancellationToken);
    }

    /// <summary>
    /// The same, one page after another: for a search that may end at any page, and for a list by which a run or an export decides that nothing
    /// is missing. If the store reports no totals, a job that the list shows late, between others, can hide one from pages that are read side
    /// by side (<see cref="PageWalk{T}"/>), but not from pages that are read in their order.
    /// </summary>
    public static Task WalkAsync(
        IJobApi api,
        string promotionId,
        string? jobType,
        int start,
        Func<Page<PromotionJob>, bool> visit,
        CancellationToken cancellationToken) =>
        WalkAsync(api, promotionId, jobType, start, page => Task.FromResult(visit(page)), PageConcurrency.One, cancellationToken);

    /// <summary>Reads the whole list of a promotion's jobs.</summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all.</param>
    /// <param name="isWanted">Only jobs that satisfy this, or null for all.</param>
    /// <param name="concurrency">How many pages are requested at the same time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The jobs, each once, in the order of the list.</returns>
    /// <exception cref="EpPromoException">The list cannot be read, or not to the end.</exception>
    public static async Task<List<PromotionJob>> ListAsync(
        IJobApi api,
        string promotionId,
        string? jobType,
        Func<PromotionJob, bool>? isWanted,
        PageConcurrency concurrency,
        CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<PromotionJob> jobs = [];
        await WalkAsync(
            api,
            promotionId,
            jobType,
            0,
            page =>
            {
                jobs.AddRange(page.Items.Where(job => IsWanted(job) && seen.Add(job.JobId)));
                return Task.FromResult(true);
            },
            concurrency,
            cancellationToken);
        return jobs;

        // A store that rejects the filter by type returns jobs of all types.
        bool IsWanted(PromotionJob job) => (jobType is null || JobStatuses.Is(job.JobType, jobType)) && (isWanted?.Invoke(job) ?? true);
    }

    /// <summary>Finds the first job that satisfies <paramref name="predicate"/>; null if the list shows none.</summary>
    public static async Task<PromotionJob?> FindAsync(
        IJobApi api, string promotionId, Func<PromotionJob, bool> predicate, CancellationToken cancellationToken)
    {
        PromotionJob? found = null;
        await WalkAsync(api, promotionId, null, 0, page => (found = page.Items.FirstOrDefault(predicate)) is null, cancellationToken);
        return found;
    }

    /// <summary>Gets the job with an id.</summary>
    /// <exception cref="EpPromoException">The list does not show it.</exception>
    public static async Task<PromotionJob> GetAsync(
        IJobApi api, string promotionId, string jobId, CancellationToken cancellationToken) =>
        await FindAsync(api, promotionId, job => job.JobId == jobId, cancellationToken)
        ?? throw new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), jobId, promotionId);

    /// <summary>Gets a job that has completed.</summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="known">The job as it was when it was read before, or null. If it had completed then, it is not read again.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EpPromoException">The list does not show it, or it has not completed.</exception>
    public static async Task<PromotionJob> GetCompletedAsync(
        IJobApi api, string promotionId, string jobId, PromotionJob? known, CancellationToken cancellationToken)
    {
        PromotionJob job = known is not null && JobStatuses.IsCompleted(known.Status)
            ? known
            : await GetAsync(api, promotionId, jobId, cancellationToken);
        return JobStatuses.IsCompleted(job.Status) ? job
            : job.IsFinished ? throw new JobEndedException(job)
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.JobNotCompleted), jobId, promotionId, job.Status);
    }
}
