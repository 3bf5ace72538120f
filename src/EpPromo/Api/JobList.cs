namespace EpPromo;

/// <summary>Finds jobs: there is no call for one, so the list is read (api-contract.md section 5).</summary>
internal static class JobList
{
    /// <summary>The job, or null when the list does not show it.</summary>
    public static async Task<PromotionJob?> FindAsync(
        IPromotionApi api, string promotionId, Func<PromotionJob, bool> fits, CancellationToken cancellationToken)
    {
        PromotionJob? found = null;
        await Paging.WalkAsync(
            0,
            offset => api.ListJobsAsync(promotionId, null, offset, cancellationToken),
            page => (found = page.Items.FirstOrDefault(fits)) is null);
        return found;
    }

    /// <summary>All jobs that have not ended.</summary>
    /// <param name="api">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<PromotionJob>> FindActiveAsync(
        IPromotionApi api, string promotionId, string? jobType, CancellationToken cancellationToken)
    {
        List<PromotionJob> active = [];
        await Paging.WalkAsync(
            0,
            offset => api.ListJobsAsync(promotionId, jobType, offset, cancellationToken),
            page =>
            {
                active.AddRange(page.Items.Where(job => !job.IsFinished));
                return true;
            });
        return active;
    }

    /// <summary>The job with an id.</summary>
    /// <exception cref="EpPromoException">The list does not show it.</exception>
    public static async Task<PromotionJob> GetAsync(
        IPromotionApi api, string promotionId, string jobId, CancellationToken cancellationToken) =>
        await FindAsync(api, promotionId, job => job.JobId == jobId, cancellationToken)
        ?? throw new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), jobId, promotionId);
}
