using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>
/// Decides when a watched job is polled. A job with an estimate is polled when it may have ended, counted from the time at which the store
/// can have started it (<see cref="StoreQueue"/>). While nothing is known about how long a kind of job takes, one job of that kind is polled
/// closely (the probe) and the others rarely: they get their estimate from it when it ends. Safe to call from any thread.
/// </summary>
internal sealed class PollPlanner
{
    /// <summary>A response is a few seconds old at most, and the server's clock is known to the second.</summary>
    private static readonly TimeSpan s_justCreated = TimeSpan.FromSeconds(5);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly RequestBudget _budget;
    private readonly StoreQueue _queue = new();
    private readonly List<WatchedJob> _probes = [];
    private readonly HashSet<WatchedJob> _open = [];
    private readonly HashSet<WatchedJob> _close = [];
    private readonly object _lock = new();
    private DateTimeOffset _nextOrderCheck;

    public PollPlanner(IJobApi api, IClock clock, RequestBudget budget)
    {
        _api = api;
        _clock = clock;
        _budget = budget;
    }

    /// <summary>Where the estimates come from.</summary>
    public WorkTimes WorkTimes { get; } = new();

    /// <summary>
    /// Plans the first poll. A job that was just created is not polled before it can have ended; one from long ago, or known by its id only,
    /// may have ended, so it is polled now.
    /// </summary>
    public void PlanFirst(WatchedJob watched)
    {
        lock (_lock)
        {
            _open.Add(watched);
        }

        if (watched.Job is null || watched.Elapsed(watched.WatchedSince, _api.ServerTime) > s_justCreated)
        {
            watched.Due = watched.WatchedSince;
        }
        else
        {
            PlanByEstimate(watched);
        }
    }

    /// <summary>Plans the next poll by the job's estimate.</summary>
    public void PlanNext(WatchedJob watched)
    {
        DateTimeOffset now = _clock.UtcNow;

        // Asked in any case: while this job is the probe, no other one of its kind is.
        bool isProbe = watched.Estimate is null && IsProbe(watched);
        if (watched.Progress.ExpectedEnd(watched.Job?.NumberOfCodes) is { } expectedEnd && expectedEnd > now)
        {
            SetClose(watched, true);
            watched.Due = now + PollSchedule.DelayBefore(expectedEnd - now).AtLeast(_budget.CloseInterval(CountClose()));
            return;
        }

        if (isProbe)
        {
            watched.Due = now + PollSchedule.NextDelay(WorkAge(watched, now), null);
            return;
        }

        DateTimeOffset earliestEnd = EarliestEnd(watched, now);
        bool mayHaveEnded = earliestEnd <= now;
        SetClose(watched, mayHaveEnded);
        watched.Due = mayHaveEnded ? now + DelayBetweenPolls(watched, now) : earliestEnd;
    }

    /// <summary>Plans the next poll of a known job by a fresh estimate.</summary>
    public void PlanByEstimate(WatchedJob watched)
    {
        watched.Estimate = WorkTimes.Estimate(watched.Job!.JobType, watched.Job.NumberOfCodes, WorkTimes.Samples);
        if (watched.Estimate is null && !watched.IsTimeUp)
        {
            PlanNext(watched);
            return;
        }

        // It was not polled just now, so a job that may have ended is due at once, and so is one whose time is up.
        DateTimeOffset now = _clock.UtcNow;
        DateTimeOffset earliestEnd = EarliestEnd(watched, now);
        watched.Due = earliestEnd > now && !watched.IsTimeUp ? earliestEnd : now;
    }

    /// <summary>Plans a poll that is due again, if other jobs have shown meanwhile that the store cannot have finished the job.</summary>
    public void Postpone(WatchedJob watched, DateTimeOffset now)
    {
        bool isProbe = watched.Estimate is null && IsProbe(watched);
        if (isProbe || watched.IsTimeUp || watched.StartedAt is not null)
        {
            return;
        }

        if (watched.Estimate is not null)
        {
            _queue.InferStart(watched, CountOpenBefore(watched.CreatedAt));
        }

        if (_queue.EarliestStart(watched) > watched.NotStartedBefore)
        {
            DateTimeOffset earliestEnd = EarliestEnd(watched, now);
            if (earliestEnd > watched.Due && !IsOrderCheck(now))
            {
                watched.Due = earliestEnd;
            }
        }
    }

    /// <summary>
    /// When to poll for a job, and its rank among those that are due. In the order of their creation, if the store starts them so: then the
    /// first one has most likely ended, and if it has not started, the others are not due either. Else those that are due longest come first.
    /// </summary>
    public (DateTimeOffset Due, DateTimeOffset Rank) PollOf(WatchedJob watched) =>
        (watched.Due, _queue.IsOrdered ? watched.CreatedAt : watched.Due);

    /// <summary>How long the store can have worked on the job.</summary>
    public TimeSpan WorkAge(WatchedJob watched, DateTimeOffset now) =>
        watched.StoreTime(now, _api.ServerTime) - _queue.EarliestStart(watched);

    /// <summary>Learns from a list that shows a job which has not ended.</summary>
    /// <param name="watched">The job.</param>
    /// <param name="result">The poll that read the list.</param>
    public void LearnFromActive(WatchedJob watched, PollResult result) =>
        _queue.Observe(watched, watched.StoreTime(result.RequestedAt, result.ServerTime));

    /// <summary>Learns from a job that has ended. Only a completed one counts: how long a failed one took says nothing.</summary>
    public void LearnFromEnded(WatchedJob watched, PromotionJob ended)
    {
        if (!JobStatuses.IsCompleted(ended.Status) || ended.CreatedAt is not { } createdAt || ended.UpdatedAt is not { } endedAt)
        {
            return;
        }

        WorkEstimate? estimate = WorkTimes.Estimate(ended.JobType, ended.NumberOfCodes, WorkTimes.Samples);
        if ((watched.StartedAt ?? endedAt - estimate?.Longest) is { } startedAt)
        {
            _queue.ObserveEnd(createdAt, startedAt, endedAt, CountOpenBefore(createdAt));
        }

        // Only what was observed of this job: a start that was inferred from other jobs would confirm the estimate that it was inferred by.
        TimeSpan work = endedAt - (
            watched.Job is null ? createdAt : (watched.IsStartObserved ? watched.StartedAt : null) ?? watched.NotStartedBefore);
        if (work > TimeSpan.Zero)
        {
            WorkTimes.Add(new WorkSample(ended.JobType, ended.NumberOfCodes, createdAt, work, watched.IsStartObserved));
        }
    }

    /// <summary>Forgets a job that is no longer watched.</summary>
    /// <returns>Whether it was a probe, so that others may be due sooner now.</returns>
    public bool Forget(WatchedJob watched)
    {
        lock (_lock)
        {
            _open.Remove(watched);
            _close.Remove(watched);
            return _probes.Remove(watched);
        }
    }

    /// <summary>When the job can have ended; sooner if it would be left alone for too long until then.</summary>
    private DateTimeOffset EarliestEnd(WatchedJob watched, DateTimeOffset now)
    {
        // A job that was pending has started at some time after the earliest possible one, so its end is not looked for at the shortest time.
        bool wasPending = watched.StartedAt is null && _queue.EarliestStart(watched) > watched.CreatedAt;
        TimeSpan work = watched.Estimate is { } estimate ? PollSchedule.FirstPoll(estimate, wasPending) : DelayWithoutEstimate();
        DateTimeOffset end = now + work - WorkAge(watched, now);
        TimeSpan elapsed = watched.Elapsed(now, _api.ServerTime);
        TimeSpan known = (elapsed - (now - watched.LastObservedAt)).AtLeast(_queue.EarliestStart(watched) - watched.CreatedAt);
        DateTimeOffset latest = now + known + PollSchedule.LongestSilence(known).AtLeast(_budget.CheckInterval(CountOpen())) - elapsed;
        return end < latest ? end : latest;
    }

    private TimeSpan DelayBetweenPolls(WatchedJob watched, DateTimeOffset now) => watched.Estimate is null
        ? DelayWithoutEstimate()
        : PollSchedule.NextDelay(WorkAge(watched, now), watched.Estimate).AtLeast(_budget.CloseInterval(CountClose()));

    private TimeSpan DelayWithoutEstimate() => PollSchedule.MaxDelay.AtLeast(_budget.CloseInterval(CountOpen()));

    private int CountOpenBefore(DateTimeOffset createdAt)
    {
        lock (_lock)
        {
            return _open.Count(job => job.CreatedAt < createdAt);
        }
    }

    private int CountOpen()
    {
        lock (_lock)
        {
            return _open.Count;
        }
    }

    private int CountClose()
    {
        lock (_lock)
        {
            return _close.Count;
        }
    }

    private void SetClose(WatchedJob watched, bool isClose)
    {
        lock (_lock)
        {
            if (!isClose)
            {
                _close.Remove(watched);
            }
            else if (_open.Contains(watched))
            {
                _close.Add(watched);
            }
        }
    }

    /// <summary>
    /// Whether a job that the order postpones is polled all the same, which happens now and then: if all were postponed, a store that does
    /// not keep to the order would never show it.
    /// </summary>
    private bool IsOrderCheck(DateTimeOffset now)
    {
        lock (_lock)
        {
            bool isDue = now >= _nextOrderCheck;
            _nextOrderCheck = isDue ? now + _budget.OrderCheckInterval : _nextOrderCheck;
            return isDue;
        }
    }

    private bool IsProbe(WatchedJob watched)
    {
        lock (_lock)
        {
            // A job whose wait is over may still be part of the current poll; the others would learn nothing from it.
            if (watched.IsOver || _probes.Exists(probe => probe != watched && probe.IsSimilarTo(watched)))
            {
                _probes.Remove(watched);
                return false;
            }

            if (!_probes.Contains(watched))
            {
                _probes.Add(watched);
            }

            return true;
        }
    }
}
