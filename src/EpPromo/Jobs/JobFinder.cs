using EpPromo.Api;

namespace EpPromo.Jobs;

/// <summary>Finds jobs: there is no call for one, so the list is read (api-contract.md section 5).</summary>
internal static class JobFinder
{
    /// <summary>
    /// Shows each page of a promotion's jobs to <paramref name="visit"/>, until it returns false. Where the store cannot read the filter by
    /// type, all jobs are shown: whoever asks for one type checks it all the same.
    /// </summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all.</param>
    /// <param name="start">The offset to begin at.</param>
    /// <param name="visit">Is shown each page; a job can come twice.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EpPromoException">The list cannot be read, or not as far as it is needed.</exception>
    public static async Task WalkAsync(
        IJobApi api,
        string promotionId,
        string? jobType,
        int start,
        Func<Page<PromotionJob>, Task<bool>> visit,
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

        Task WalkAsync(string? type) => Paging.WalkAsync(
            start, offset => api.ListJobsAsync(promotionId, type, offset, cancellationToken), job => job.JobId, visit);
    }

    /// <summary>The same with a visitor that is done at once.</summary>
    public static Task WalkAsync(
        IJobApi api,
        string promotionId,
        string? jobType,
        int start,
        Func<Page<PromotionJob>, bool> visit,
        CancellationToken cancellationToken) =>
        WalkAsync(api, promotionId, jobType, start, page => Task.FromResult(visit(page)), cancellationToken);

    /// <summary>The job, or null when the list does not show it.</summary>
    public static async Task<PromotionJob?> FindAsync(
        IJobApi api, string promotionId, Func<PromotionJob, bool> fits, CancellationToken cancellationToken)
    {
        PromotionJob? found = null;
        await WalkAsync(api, promotionId, null, 0, page => (found = page.Items.FirstOrDefault(fits)) is null, cancellationToken);
        return found;
    }

    /// <summary>All jobs that have not ended.</summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<PromotionJob>> FindActiveAsync(
        IJobApi api, string promotionId, string? jobType, CancellationToken cancellationToken)
    {
        List<PromotionJob> active = [];
        await WalkAsync(
            api,
            promotionId,
            jobType,
            0,
            page =>
            {
                active.AddRange(page.Items.Where(job => !job.IsFinished));
                return true;
            },
            cancellationToken);
        return active;
    }

    /// <summary>The job with an id.</summary>
    /// <exception cref="EpPromoException">The list does not show it.</exception>
    public static async Task<PromotionJob> GetAsync(
        IJobApi api, string promotionId, string jobId, CancellationToken cancellationToken) =>
        await FindAsync(api, promotionId, job => job.JobId == jobId, cancellationToken)
        ?? throw new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), jobId, promotionId);
}
