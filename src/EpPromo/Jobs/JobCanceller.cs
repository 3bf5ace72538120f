using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>
/// Cancels a job. Cancelling twice does no harm, so when an answer was lost the job is looked up and, where it still runs, cancelled
/// again.
/// </summary>
internal sealed class JobCanceller
{
    /// <summary>
    /// With the pauses between them, enough for the list to show what the first one has done (api-contract.md section 3, consistency).
    /// </summary>
    private const int MaxSends = 7;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(16);

    /// <summary>The longest that the store may ask to wait, all times together; as long as a create waits (docs/guarantees.md).</summary>
    private static readonly TimeSpan LongestThrottling = TimeSpan.FromMinutes(2);

    private readonly IJobApi _api;
    private readonly IClock _clock;

    /// <summary>A canceller through <paramref name="api"/>.</summary>
    public JobCanceller(IJobApi api, IClock clock)
    {
        _api = api;
        _clock = clock;
    }

    /// <summary>Asks for a job to be cancelled and returns it as it then is: cancelling, cancelled, or completed when it was faster.</summary>
    /// <exception cref="ApiException">The store refused, for example because the job had ended before.</exception>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Busy"/>: the store asks to wait for longer than a cancel does.</exception>
    /// <exception cref="UncertainResultException">An answer was lost, and the job list does not tell what has become of it.</exception>
    public async Task<PromotionJob> CancelAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        UncertainResultException? doubt = null;
        bool mayHaveWorked = false;
        DateTimeOffset began = _clock.UtcNow;
        TimeSpan pause = FirstPause;
        for (int sends = 1; ; sends++)
        {
            try
            {
                return await _api.CancelJobAsync(promotionId, jobId, cancellationToken);
            }
            catch (UncertainResultException lost)
            {
                doubt = lost;
                mayHaveWorked |= !lost.Throttled;
            }
            catch (EpPromoException) when (mayHaveWorked)
            {
                // Perhaps it is refused because the cancel whose answer was lost has worked: only the job itself can tell.
            }

            if (_clock.UtcNow + doubt!.RetryAfter > began + LongestThrottling)
            {
                throw mayHaveWorked ? doubt : new EpPromoException(doubt, ErrorKind.Busy, nameof(SR.RateLimited), doubt.Reason);
            }

            await _clock.DelayAsync(doubt.RetryAfter is { } asked && asked > pause ? asked : pause, cancellationToken);
            if (mayHaveWorked
                && await FindAsync(promotionId, jobId, doubt, cancellationToken) is { } job
                && (IsStopping(job) || job.IsFinished))
            {
                return job;
            }

            if (sends == MaxSends)
            {
                throw doubt;
            }

            pause = pause < LongestPause ? pause + pause : LongestPause;
        }
    }

    private static bool IsStopping(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Cancelling) || JobStatuses.Is(job.Status, JobStatuses.Cancelled);

    private async Task<PromotionJob?> FindAsync(
        string promotionId, string jobId, UncertainResultException doubt, CancellationToken cancellationToken)
    {
        try
        {
            return await JobFinder.FindAsync(_api, promotionId, job => job.JobId == jobId, cancellationToken);
        }
        catch (EpPromoException)
        {
            // That the list cannot be read says nothing about the cancel.
            throw doubt;
        }
    }
}
