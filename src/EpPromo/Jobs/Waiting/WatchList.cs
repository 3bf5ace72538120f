using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>The promotions that are polled and the jobs that callers wait for on them. Safe to call from any thread.</summary>
internal sealed class WatchList
{
    private readonly IClock _clock;
    private readonly PollPlanner _planner;
    private readonly PollQueue _queue;
    private readonly Dictionary<string, WatchedPromotion> _promotions = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _finished;
    private int _total;

    public WatchList(IClock clock, PollPlanner planner)
    {
        _clock = clock;
        _planner = planner;
        _queue = new PollQueue(clock);
    }

    /// <summary>Counts a job that had ended before anybody waited for it.</summary>
    public void AddFinished()
    {
        lock (_lock)
        {
            _total++;
            _finished++;
        }
    }

    /// <summary>Adds a job whose first poll is planned.</summary>
    public WatchedPromotion Add(string promotionId, WatchedJob watched)
    {
        WatchedPromotion? promotion;
        lock (_lock)
        {
            _total++;
            if (!_promotions.TryGetValue(promotionId, out promotion))
            {
                _promotions.Add(promotionId, promotion = new WatchedPromotion(promotionId));
            }

            promotion.Jobs.Add(watched);
            if (promotion.IsBeingPolled)
            {
                return promotion;
            }
        }

        _queue.Enqueue(promotion, _planner.PollOf(watched));
        return promotion;
    }

    /// <summary>Removes a job that nobody waits for any longer.</summary>
    public void Remove(WatchedPromotion promotion, WatchedJob watched)
    {
        List<(WatchedPromotion Promotion, (DateTimeOffset Due, DateTimeOffset Rank) Poll)> dueSooner = [];
        lock (_lock)
        {
            if (promotion.Jobs.Remove(watched))
            {
                _finished++;
            }

            if (_planner.Forget(watched))
            {
                dueSooner.AddRange(ReplanAfterProbe(watched).Select(one => (one, NextPoll(one))));
            }
        }

        foreach ((WatchedPromotion one, (DateTimeOffset Due, DateTimeOffset Rank) poll) in dueSooner)
        {
            _queue.Enqueue(one, poll);
        }
    }

    /// <summary>Ends the wait of a job whose time is up: with what the last poll showed, or with the next poll when there was none yet.</summary>
    public void EndTime(WatchedPromotion promotion, WatchedJob watched)
    {
        DateTimeOffset now = _clock.UtcNow;
        bool isQueued;
        lock (_lock)
        {
            watched.IsTimeUp = true;
            if (watched.IsPolled)
            {
                watched.Complete(watched.Observed);
                return;
            }

            // A poll that is in flight may have been sent before this job was added; then the promotion is requeued for now.
            watched.Due = now;
            isQueued = !promotion.IsBeingPolled;
        }

        if (isQueued)
        {
            _queue.Enqueue(promotion, _planner.PollOf(watched));
        }
    }

    /// <summary>Records that a poll covered the job. Under the lock, so that either this sees that its time is up, or <see cref="EndTime"/> sees the poll.</summary>
    public void MarkPolled(WatchedJob watched)
    {
        lock (_lock)
        {
            watched.IsPolled = true;
            if (watched.IsTimeUp)
            {
                watched.Complete(watched.Observed);
            }
        }
    }

    /// <summary>Waits for a promotion that is due.</summary>
    /// <returns>The promotion, and its jobs to poll for, at least one; <see cref="EndPoll"/> is to be called for it afterwards.</returns>
    public async Task<(WatchedPromotion Promotion, List<WatchedJob> Watched)> BeginPollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            WatchedPromotion promotion = await _queue.DequeueAsync(cancellationToken);
            (DateTimeOffset Due, DateTimeOffset Rank) next;
            lock (_lock)
            {
                // Another poller that is reading this list requeues it.
                if (promotion.IsBeingPolled || IsOver(promotion))
                {
                    continue;
                }

                DateTimeOffset now = _clock.UtcNow;
                foreach (WatchedJob watched in promotion.Jobs)
                {
                    _planner.Postpone(watched, now);
                }

                next = NextPoll(promotion);
                if (next.Due <= now)
                {
                    promotion.IsBeingPolled = true;
                    return (promotion, [.. promotion.Jobs]);
                }
            }

            _queue.Enqueue(promotion, next);
        }
    }

    /// <summary>Requeues a promotion after a poll, as long as jobs are watched there.</summary>
    public void EndPoll(WatchedPromotion promotion)
    {
        (DateTimeOffset Due, DateTimeOffset Rank) next;
        lock (_lock)
        {
            promotion.IsBeingPolled = false;
            if (IsOver(promotion))
            {
                return;
            }

            next = NextPoll(promotion);
        }

        _queue.Enqueue(promotion, next);
    }

    /// <summary>A snapshot of how far the waits have come.</summary>
    public WaitProgress GetProgress()
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.UtcNow;
            IEnumerable<WatchedJob> open = _promotions.Values.SelectMany(promotion => promotion.Jobs);
            return WaitProgress.Of(open, job => _planner.WorkAge(job, now), _finished, _total);
        }
    }

    /// <summary>
    /// Whether nobody waits for the promotion's jobs. Those whose wait has just ended are removed in a moment: a poll for them would be a
    /// request for nothing.
    /// </summary>
    private static bool IsOver(WatchedPromotion promotion) => promotion.Jobs.All(job => job.IsOver);

    private (DateTimeOffset Due, DateTimeOffset Rank) NextPoll(WatchedPromotion promotion) => promotion.Jobs.Min(_planner.PollOf);

    /// <summary>
    /// Plans again for jobs like <paramref name="probe"/>, whose wait is over. The first of them decides for all: while there is still no
    /// estimate, as after a failed probe, it becomes the next probe. Planning for each of thousands after each failure would cost more than
    /// all polls.
    /// </summary>
    /// <returns>The promotions that may be due sooner.</returns>
    private IEnumerable<WatchedPromotion> ReplanAfterProbe(WatchedJob probe)
    {
        foreach (WatchedPromotion promotion in _promotions.Values)
        {
            WatchedJob? next = promotion.IsBeingPolled
                ? null
                : promotion.Jobs.FirstOrDefault(job => job.Estimate is null && job.Job is not null && job.IsSimilarTo(probe));
            if (next is not null)
            {
                _planner.PlanByEstimate(next);
                return next.Estimate is null ? [promotion] : [promotion, .. _promotions.Values.Where(ReplanWithoutEstimate)];
            }
        }

        return [];
    }

    /// <returns>Whether the promotion's jobs may be due sooner. One that is being polled plans again by itself.</returns>
    private bool ReplanWithoutEstimate(WatchedPromotion promotion)
    {
        if (promotion.IsBeingPolled)
        {
            return false;
        }

        foreach (WatchedJob watched in promotion.Jobs.Where(watched => watched.Estimate is null && watched.Job is not null))
        {
            _planner.PlanByEstimate(watched);
        }

        return promotion.Jobs.Count > 0;
    }
}
