namespace EpPromo;

/// <summary>
/// Waits for any number of jobs on any number of promotions. There is no call for one job (api-contract.md section 5), so
/// a promotion's list is read, once for all its jobs; the promotion that is due earliest comes first.
/// </summary>
public sealed class JobWaiter
{
    /// <summary>Lists read at the same time: enough to fill the request budget, few enough to let creates in between.</summary>
    private const int Pollers = 4;

    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly TimeSpan _consistencyWindow;
    private readonly PollQueue _queue;
    private readonly Dictionary<string, WatchedPromotion> _promotions = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _finished;
    private int _total;

    /// <summary>A waiter that reads lists through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long a job may be missing from the list before it counts as not there.</param>
    public JobWaiter(IPromotionApi api, IClock clock, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _consistencyWindow = consistencyWindow;
        _queue = new PollQueue(clock);
    }

    /// <summary>How far the waiting has come.</summary>
    public WaitProgress Progress
    {
        get
        {
            lock (_lock)
            {
                DateTimeOffset now = _clock.UtcNow;
                return WaitProgress.Of(_promotions.Values.SelectMany(promotion => promotion.Jobs.Values), now, _api.ServerTime, _finished, _total);
            }
        }
    }

    /// <summary>Reads lists until cancelled. Runs beside the calls of <see cref="WaitForAsync(PromotionJob, CancellationToken)"/>.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Pollers).Select(_ => PollAsync(cancellationToken)));

    /// <summary>Waits for <paramref name="job"/> and returns it as it ended: completed, failed or cancelled.</summary>
    /// <exception cref="EpPromoException">The job is not there, or the store could not be asked.</exception>
    public Task<PromotionJob> WaitForAsync(PromotionJob job, CancellationToken cancellationToken) =>
        WaitForAsync(job.PromotionId, job.JobId, job, cancellationToken);

    /// <summary>Waits for the job with an id, as <see cref="WaitForAsync(PromotionJob, CancellationToken)"/> does.</summary>
    public Task<PromotionJob> WaitForAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        WaitForAsync(promotionId, jobId, null, cancellationToken);

    private async Task<PromotionJob> WaitForAsync(
        string promotionId, string jobId, PromotionJob? known, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _total);
        if (known is { IsFinished: true })
        {
            Interlocked.Increment(ref _finished);
            return known;
        }

        WatchedJob watched = Watch(promotionId, jobId, known);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => watched.Cancel(cancellationToken));
        return await watched.Finished;
    }

    private WatchedJob Watch(string promotionId, string jobId, PromotionJob? known)
    {
        DateTimeOffset now = _clock.UtcNow;
        WatchedJob? watched;
        WatchedPromotion? promotion;
        lock (_lock)
        {
            if (!_promotions.TryGetValue(promotionId, out promotion))
            {
                _promotions.Add(promotionId, promotion = new WatchedPromotion(promotionId));
            }

            if (!promotion.Jobs.TryGetValue(jobId, out watched))
            {
                promotion.Jobs.Add(jobId, watched = new WatchedJob(jobId, known, now));
            }
        }

        // A job just made is not looked at before it can have ended; one known by its id alone is looked at now.
        TimeSpan delay = known is null ? TimeSpan.Zero : PollSchedule.NextDelay(watched.Waited(now, _api.ServerTime), null);
        _queue.Put(promotion, now + delay);
        return watched;
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            WatchedPromotion promotion = await _queue.TakeAsync(cancellationToken);
            await LookAsync(promotion, cancellationToken);
            PutBack(promotion);
        }
    }

    private async Task LookAsync(WatchedPromotion promotion, CancellationToken cancellationToken)
    {
        List<WatchedJob> watched;
        lock (_lock)
        {
            watched = [.. promotion.Jobs.Values];
        }

        if (watched.Count == 0)
        {
            return;
        }

        try
        {
            List<PromotionJob> seen = await ReadListAsync(promotion, watched, cancellationToken);
            foreach (WatchedJob job in watched)
            {
                Settle(promotion, job, seen);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            foreach (WatchedJob job in watched)
            {
                End(promotion, job);
                job.Fail(e);
            }
        }
    }

    /// <summary>Reads from the page where the jobs were last until all are found; from the start only for those not found there.</summary>
    private async Task<List<PromotionJob>> ReadListAsync(
        WatchedPromotion promotion, List<WatchedJob> watched, CancellationToken cancellationToken)
    {
        HashSet<string> missing = [.. watched.Select(job => job.JobId)];
        List<PromotionJob> seen = [];
        int start = promotion.PageOffset;
        int? foundAt = null;

        bool Visit(Page<PromotionJob> page)
        {
            seen.AddRange(page.Items);
            foreach (PromotionJob job in page.Items)
            {
                if (missing.Remove(job.JobId))
                {
                    foundAt ??= page.Offset;
                }
            }

            return missing.Count > 0;
        }

        await Paging.WalkAsync(start, offset => _api.ListJobsAsync(promotion.PromotionId, null, offset, cancellationToken), Visit);
        if (start > 0 && missing.Count > 0)
        {
            await Paging.WalkAsync(0, offset => _api.ListJobsAsync(promotion.PromotionId, null, offset, cancellationToken), Visit);
        }

        promotion.PageOffset = foundAt ?? 0;
        return seen;
    }

    private void Settle(WatchedPromotion promotion, WatchedJob watched, List<PromotionJob> seen)
    {
        DateTimeOffset now = _clock.UtcNow;
        PromotionJob? job = seen.FindLast(candidate => candidate.JobId == watched.JobId);
        if (job is { IsFinished: true })
        {
            End(promotion, watched);
            watched.Complete(job);
        }
        else if (job is not null)
        {
            watched.Saw(job, DurationEstimate.For(job, seen), now);
        }
        else if (now - watched.LastSeen > _consistencyWindow)
        {
            End(promotion, watched);
            watched.Fail(new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), watched.JobId, promotion.PromotionId));
        }
    }

    private void End(WatchedPromotion promotion, WatchedJob watched)
    {
        lock (_lock)
        {
            promotion.Jobs.Remove(watched.JobId);
            _finished++;
        }
    }

    private void PutBack(WatchedPromotion promotion)
    {
        DateTimeOffset now = _clock.UtcNow;
        TimeSpan next;
        lock (_lock)
        {
            if (promotion.Jobs.Count == 0)
            {
                _promotions.Remove(promotion.PromotionId);
                return;
            }

            next = promotion.Jobs.Values.Min(job => PollSchedule.NextDelay(job.Waited(now, _api.ServerTime), job.Estimate));
        }

        _queue.Put(promotion, now + next);
    }
}
