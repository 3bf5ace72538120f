using EpPromo.Concurrency;
using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>Creates a job as soon as its promotion is free, where <see cref="JobCreator"/> reports a busy promotion as an error.</summary>
internal sealed class WaitingJobCreator
{
    private readonly JobCreator _creator;
    private readonly ActiveJobWaiter _activeJobs;
    private readonly ConcurrencyLimit _limit;
    private readonly IClock _clock;
    private readonly IRandomSource _random;

    /// <summary>A creator that waits.</summary>
    /// <param name="creator">Creates the job.</param>
    /// <param name="activeJobs">Waits until the promotion is free.</param>
    /// <param name="limit">The limit under which the callers run; it is released during a wait.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    public WaitingJobCreator(
        JobCreator creator, ActiveJobWaiter activeJobs, ConcurrencyLimit limit, IClock clock, IRandomSource random)
    {
        _creator = creator;
        _activeJobs = activeJobs;
        _limit = limit;
        _clock = clock;
        _random = random;
    }

    /// <summary>Creates <paramref name="job"/>, once, as soon as the store accepts it.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create; without a name it gets a unique one.</param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <param name="onBusy">Callback: it waits, because the promotion is busy. Null to not be told.</param>
    /// <exception cref="EpPromoException">As for <see cref="JobCreator.CreateAsync"/>, except that the promotion is busy.</exception>
    public async Task<PromotionJob> CreateWhenFreeAsync(string promotionId, NewJob job, CancellationToken cancellationToken, Action? onBusy = null)
    {
        for (int retries = 0; ; retries++)
        {
            try
            {
                return await _creator.CreateAsync(promotionId, job, cancellationToken);
            }
            catch (ApiException rejected) when (rejected.IsTooManyJobs)
            {
                onBusy?.Invoke();
                TimeSpan backoff = JitteredBackoff.Next(retries, _random);
                await _limit.ReleaseWhileAsync(async () =>
                {
                    await _activeJobs.WaitAsync(promotionId, cancellationToken);
                    await _clock.DelayAsync(backoff, cancellationToken);
                });
            }
        }
    }
}
