using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>
/// Cancels a job. A second cancel does no harm, so after a lost response the job is looked up and, if it is still active, cancelled again.
/// </summary>
internal sealed class JobCanceller
{
    /// <summary>With the delays in between, enough for the list to show the effect of the first one (api-contract.md section 3, consistency).</summary>
    private const int MaxSends = 7;
    private static readonly TimeSpan s_initialDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(16);

    private readonly IJobApi _api;
    private readonly IClock _clock;

    /// <summary>A canceller through <paramref name="api"/>.</summary>
    public JobCanceller(IJobApi api, IClock clock)
    {
        _api = api;
        _clock = clock;
    }

    /// <summary>Cancels a job and returns it as it is then: cancelling, cancelled, or completed if it was faster.</summary>
    /// <exception cref="ApiException">The store rejected it, for example because the job had ended before.</exception>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Busy"/>: the store requests a longer delay than a cancel has.</exception>
    /// <exception cref="UncertainResultException">A response was lost, and the job list does not show whether the job was cancelled.</exception>
    public async Task<PromotionJob> CancelAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        UncertainResultException? lastFailure = null;
        bool mayHaveWorked = false;
        DateTimeOffset startedAt = _clock.UtcNow;
        TimeSpan delay = s_initialDelay;
        for (int sends = 1; ; sends++)
        {
            try
            {
                return await _api.CancelJobAsync(promotionId, jobId, cancellationToken);
            }
            catch (UncertainResultException failure)
            {
                lastFailure = failure;
                mayHaveWorked |= !failure.Throttled;
            }
            catch (EpPromoException) when (mayHaveWorked)
            {
                // The cancel whose response was lost may have worked, so that this one was rejected: only the job itself can tell.
            }

            if (_clock.UtcNow + lastFailure!.RetryAfter > startedAt + RetryLimit.Default)
            {
                throw mayHaveWorked
                    ? lastFailure
                    : new EpPromoException(lastFailure, ErrorKind.Busy, nameof(SR.RateLimited), lastFailure.Reason);
            }

            await _clock.DelayAsync(lastFailure.RetryAfter is { } requested && requested > delay ? requested : delay, cancellationToken);
            if (mayHaveWorked
                && await FindAsync(promotionId, jobId, lastFailure, cancellationToken) is { } job
                && (IsCancelled(job) || job.IsFinished))
            {
                return job;
            }

            if (sends == MaxSends)
            {
                throw lastFailure;
            }

            delay = delay < s_maxDelay ? delay + delay : s_maxDelay;
        }
    }

    private static bool IsCancelled(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Cancelling) || JobStatuses.Is(job.Status, JobStatuses.Cancelled);

    private async Task<PromotionJob?> FindAsync(
        string promotionId, string jobId, UncertainResultException lastFailure, CancellationToken cancellationToken)
    {
        try
        {
            return await JobFinder.FindAsync(_api, promotionId, job => job.JobId == jobId, cancellationToken);
        }
        catch (EpPromoException)
        {
            // That the list cannot be read says nothing about the cancel.
            throw lastFailure;
        }
    }
}
