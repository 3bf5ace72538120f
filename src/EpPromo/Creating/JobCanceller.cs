namespace EpPromo;

/// <summary>
/// Cancels a job. Cancelling twice does no harm, so an answer that was lost is looked up and, where the job still runs, asked for again.
/// </summary>
public sealed class JobCanceller
{
    private const int MaxSends = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IPromotionApi _api;
    private readonly IClock _clock;

    /// <summary>A canceller through <paramref name="api"/>.</summary>
    public JobCanceller(IPromotionApi api, IClock clock)
    {
        _api = api;
        _clock = clock;
    }

    /// <summary>Asks for a job to be cancelled and returns it as it then is: cancelling, cancelled, or completed when it was faster.</summary>
    /// <exception cref="ApiException">The store refused, for example because the job had ended before.</exception>
    /// <exception cref="UncertainResultException">No answer came, again and again.</exception>
    public async Task<PromotionJob> CancelAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        for (int sends = 1; ; sends++)
        {
            try
            {
                return await _api.CancelJobAsync(promotionId, jobId, cancellationToken);
            }
            catch (UncertainResultException e) when (sends < MaxSends)
            {
                await _clock.DelayAsync(e.RetryAfter ?? Pause, cancellationToken);
            }
            catch (ApiException) when (sends > 1)
            {
                // Perhaps it is refused because the cancel whose answer was lost has worked.
                if (await FindAsync(promotionId, jobId, cancellationToken) is { } job && IsStopping(job))
                {
                    return job;
                }

                throw;
            }

            if (await FindAsync(promotionId, jobId, cancellationToken) is { } now && (IsStopping(now) || now.IsFinished))
            {
                return now;
            }
        }
    }

    private static bool IsStopping(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Cancelling) || JobStatuses.Is(job.Status, JobStatuses.Cancelled);

    private async Task<PromotionJob?> FindAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        PromotionJob? found = null;
        await Paging.WalkAsync(
            0,
            offset => _api.ListJobsAsync(promotionId, null, offset, cancellationToken),
            page => (found = page.Items.FirstOrDefault(job => job.JobId == jobId)) is null);
        return found;
    }
}
