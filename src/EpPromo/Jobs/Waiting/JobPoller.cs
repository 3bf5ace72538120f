using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>Reads the job lists of watched promotions, the earliest due first, and applies what they show to the waits.</summary>
internal sealed class JobPoller
{
    /// <summary>Lists read at the same time: enough to use the request budget, few enough to let creates through.</summary>
    private const int Concurrency = 8;

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly TimeSpan _consistencyWindow;
    private readonly PollPlanner _planner;
    private readonly WatchList _watchList;

    /// <summary>A poller of <paramref name="watchList"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long a job may be missing from the list before it counts as not found.</param>
    /// <param name="planner">Decides when to poll again.</param>
    /// <param name="watchList">What is polled.</param>
    public JobPoller(IJobApi api, IClock clock, TimeSpan consistencyWindow, PollPlanner planner, WatchList watchList)
    {
        _api = api;
        _clock = clock;
        _consistencyWindow = consistencyWindow;
        _planner = planner;
        _watchList = watchList;
    }

    /// <summary>Polls until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => PollAllAsync(cancellationToken)));

    private async Task PollAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            (WatchedPromotion promotion, List<WatchedJob> watched) = await _watchList.BeginPollAsync(cancellationToken);
            await PollAsync(promotion, watched, cancellationToken);
            _watchList.EndPoll(promotion);
        }
    }

    private async Task PollAsync(WatchedPromotion promotion, List<WatchedJob> watched, CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset requestedAt = _clock.UtcNow;
            DateTimeOffset serverTime = _api.ServerTime;
            (List<PromotionJob> jobs, EpPromoException? listError) = await promotion.ReadJobsAsync(_api, watched, cancellationToken);
            PollResult result = new(jobs, listError, _planner.WorkTimes.Samples, requestedAt, serverTime);
            foreach (WatchedJob job in watched)
            {
                Apply(promotion, job, result);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            foreach (WatchedJob job in watched)
            {
                _watchList.Remove(promotion, job);
                job.Fail(e);
            }
        }
    }

    /// <summary>
    /// Applies a poll to one wait. A finished job ends its wait for good: it is removed before a lagging list could show it as active again.
    /// </summary>
    private void Apply(WatchedPromotion promotion, WatchedJob watched, PollResult result)
    {
        PromotionJob? job = result.Find(watched.JobId);
        bool keepPolling = watched.KeepPolling?.Invoke(result.Jobs) ?? true;
        if (job is { IsFinished: true } || (!keepPolling && (job ?? watched.Job) is not null))
        {
            // Added first, so that the jobs that are planned again on the removal get their estimate from it.
            _planner.LearnFromEnded(watched, job ?? watched.Job!);
            _watchList.Remove(promotion, watched);
            watched.Complete(job ?? watched.Job!);
        }
        else if (job is null && result.RequestedAt - watched.LastObservedAt > _consistencyWindow)
        {
            _watchList.Remove(promotion, watched);
            watched.Fail(
                result.ListError ?? new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), watched.JobId, promotion.PromotionId));
        }
        else
        {
            if (job is not null)
            {
                watched.Observe(job, result.Estimate(job), _clock.UtcNow);
                _planner.LearnFromActive(watched, result);
            }

            _planner.PlanNext(watched);
            _watchList.MarkPolled(watched);
        }
    }
}
