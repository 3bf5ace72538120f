using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>
/// Waits for any number of jobs on any number of promotions. The API has no request for a single job (api-contract.md section 5), so a
/// promotion's list is polled, once for all its jobs.
/// </summary>
internal sealed class JobWaiter
{
    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly PollPlanner _planner;
    private readonly WatchList _watchList;
    private readonly JobPoller _poller;

    /// <summary>A waiter that reads lists through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long a job may be missing from the list before it counts as not found.</param>
    /// <param name="requestsPerSecond">Callback: the current limit of requests, of which polls take a part.</param>
    public JobWaiter(IJobApi api, IClock clock, TimeSpan consistencyWindow, Func<double> requestsPerSecond)
    {
        _api = api;
        _clock = clock;
        _planner = new PollPlanner(api, clock, new RequestBudget(requestsPerSecond));
        _watchList = new WatchList(clock, _planner);
        _poller = new JobPoller(api, clock, consistencyWindow, _planner, _watchList);
    }

    /// <summary>A snapshot of how far the waits have come.</summary>
    public WaitProgress Progress => _watchList.GetProgress();

    /// <summary>Polls until cancelled. No wait ends unless this runs beside it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _poller.RunAsync(cancellationToken);

    /// <summary>Waits until <paramref name="job"/> has completed, failed or been cancelled, and returns it as it ended.</summary>
    /// <exception cref="EpPromoException">The job does not exist, or the list could not be read.</exception>
    public Task<PromotionJob> WaitForAsync(PromotionJob job, CancellationToken cancellationToken) =>
        WaitWhileAsync(job, keepPolling: null, cancellationToken);

    /// <summary>
    /// Waits as <see cref="WaitForAsync"/> does, but only as long as <paramref name="keepPolling"/> returns true. It receives each job list that
    /// was read; once it returns false, the job is returned as observed last.
    /// </summary>
    /// <exception cref="EpPromoException">The job does not exist, or the list could not be read.</exception>
    public async Task<PromotionJob> WaitWhileAsync(
        PromotionJob job, Func<IReadOnlyList<PromotionJob>, bool>? keepPolling, CancellationToken cancellationToken) =>
        (await WaitAsync(job.PromotionId, job.JobId, job, keepPolling, CancellationToken.None, cancellationToken))!;

    /// <summary>
    /// Waits until the job has ended or <paramref name="timeUp"/> is cancelled. It is polled at least once, even when the time is up before
    /// that: otherwise the result would be about a job that was never asked about.
    /// </summary>
    /// <param name="promotionId">The job's promotion.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="known">The job itself, or null when only its id is known.</param>
    /// <param name="timeUp">Cancelled when the time is up.</param>
    /// <param name="cancellationToken">Cancels the wait at once.</param>
    /// <returns>The finished job, else the job as observed last; null when no list has shown it.</returns>
    /// <exception cref="EpPromoException">The job does not exist, or the list could not be read.</exception>
    public Task<PromotionJob?> WaitUntilAsync(
        string promotionId, string jobId, PromotionJob? known, CancellationToken timeUp, CancellationToken cancellationToken) =>
        WaitAsync(promotionId, jobId, known, keepPolling: null, timeUp, cancellationToken);

    /// <summary>
    /// The id of the error that a job has not ended in time. A job that no list has shown may not exist, or belong to another promotion.
    /// </summary>
    /// <param name="last">The job as observed last, or null when no list has shown it.</param>
    public static string TimeoutErrorId(PromotionJob? last) => last is null ? nameof(SR.JobNotSeen) : nameof(SR.WaitTimeout);

    private async Task<PromotionJob?> WaitAsync(
        string promotionId,
        string jobId,
        PromotionJob? known,
        Func<IReadOnlyList<PromotionJob>, bool>? keepPolling,
        CancellationToken timeUp,
        CancellationToken cancellationToken)
    {
        if (known is { IsFinished: true })
        {
            _watchList.AddFinished();
            return known;
        }

        WatchedJob watched = new(jobId, known, keepPolling, _clock.UtcNow);
        _planner.PlanFirst(watched);
        WatchedPromotion promotion = _watchList.Add(promotionId, watched);
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => watched.Cancel(cancellationToken));
        using CancellationTokenRegistration timedOut = timeUp.Register(() => _watchList.EndTime(promotion, watched));
        try
        {
            return await watched.Result;
        }
        finally
        {
            _watchList.Remove(promotion, watched);
        }
    }
}
