using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>
/// Waits for any number of jobs on any number of promotions. There is no call for one job (api-contract.md section 5), so
/// a promotion's list is read, once for all its jobs; the promotion that is due earliest comes first.
/// </summary>
internal sealed class JobWaiter
{
    /// <summary>Lists read at the same time: enough to fill the request budget, few enough to let creates in between.</summary>
    private const int Pollers = 4;

    /// <summary>An answer is seconds old at the most, and the server's clock is known to the second.</summary>
    private static readonly TimeSpan JustMade = TimeSpan.FromSeconds(5);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly TimeSpan _consistencyWindow;
    private readonly PollQueue _queue;
    private readonly RecentJobs _recent = new();
    private readonly Dictionary<string, WatchedPromotion> _promotions = new(StringComparer.Ordinal);
    private readonly List<WatchedJob> _scouts = [];
    private readonly object _lock = new();
    private int _finished;
    private int _total;

    /// <summary>A waiter that reads lists through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long a job may be missing from the list before it counts as not there.</param>
    public JobWaiter(IJobApi api, IClock clock, TimeSpan consistencyWindow)
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
                IEnumerable<WatchedJob> open = _promotions.Values.SelectMany(promotion => promotion.Jobs);
                return WaitProgress.Of(open, now, _api.ServerTime, _finished, _total);
            }
        }
    }

    /// <summary>Reads lists until cancelled. Runs beside the calls of <see cref="WaitForAsync(PromotionJob, CancellationToken)"/>.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Pollers).Select(_ => PollAsync(cancellationToken)));

    /// <summary>Waits for <paramref name="job"/> and returns it as it ended: completed, failed or cancelled.</summary>
    /// <exception cref="EpPromoException">The job is not there, or the store could not be asked.</exception>
    public async Task<PromotionJob> WaitForAsync(PromotionJob job, CancellationToken cancellationToken) =>
        (await WaitForAsync(job.PromotionId, job.JobId, job, null, CancellationToken.None, cancellationToken))!;

    /// <summary>
    /// Waits for <paramref name="job"/> as the other one does, and shows each look at the promotion's list to
    /// <paramref name="goOn"/>, which ends the waiting early by returning false: then the job comes back as last seen.
    /// </summary>
    internal async Task<PromotionJob> WaitForAsync(
        PromotionJob job, Func<IReadOnlyList<PromotionJob>, bool> goOn, CancellationToken cancellationToken) =>
        (await WaitForAsync(job.PromotionId, job.JobId, job, goOn, CancellationToken.None, cancellationToken))!;

    /// <summary>Waits for the job with an id, as <see cref="WaitForAsync(PromotionJob, CancellationToken)"/> does.</summary>
    public async Task<PromotionJob> WaitForAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        (await WaitForAsync(promotionId, jobId, null, null, CancellationToken.None, cancellationToken))!;

    /// <summary>
    /// Waits as the others do, but only until <paramref name="timeUp"/> is cancelled. The job has been looked at once by then, or is
    /// looked at then: nothing is said about a job that nobody has asked for.
    /// </summary>
    /// <param name="promotionId">The job's promotion.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="known">The job itself, where it is known.</param>
    /// <param name="timeUp">Cancelled when the time is over.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    /// <returns>The job as it ended, or as it was seen last; null when no look has shown it.</returns>
    /// <exception cref="EpPromoException">The job is not there, or the store could not be asked.</exception>
    public Task<PromotionJob?> WaitUntilAsync(
        string promotionId, string jobId, PromotionJob? known, CancellationToken timeUp, CancellationToken cancellationToken) =>
        WaitForAsync(promotionId, jobId, known, null, timeUp, cancellationToken);

    private async Task<PromotionJob?> WaitForAsync(
        string promotionId,
        string jobId,
        PromotionJob? known,
        Func<IReadOnlyList<PromotionJob>, bool>? goOn,
        CancellationToken timeUp,
        CancellationToken cancellationToken)
    {
        if (known is { IsFinished: true })
        {
            CountFinished();
            return known;
        }

        WatchedJob watched = new(jobId, known, goOn, _clock.UtcNow);
        watched.Due = FirstLook(watched);
        WatchedPromotion promotion = Watch(promotionId, watched);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => watched.Cancel(cancellationToken));
        using CancellationTokenRegistration limit = timeUp.Register(() => EndTime(promotion, watched));
        try
        {
            return await watched.Finished;
        }
        finally
        {
            End(promotion, watched);
        }
    }

    /// <summary>The time of a job is over: it ends as it was seen last, or with the look that it has not had yet.</summary>
    private void EndTime(WatchedPromotion promotion, WatchedJob watched)
    {
        DateTimeOffset now = _clock.UtcNow;
        bool looksOnce;
        lock (_lock)
        {
            watched.IsTimeUp = true;
            if (watched.IsLookedAt)
            {
                watched.Complete(watched.Seen);
                return;
            }

            // A list that is being read just now may have been asked for without this job; then it is put back at this time.
            watched.Due = now;
            looksOnce = !promotion.IsBeingRead;
        }

        if (looksOnce)
        {
            _queue.Put(promotion, now);
        }
    }

    private WatchedPromotion Watch(string promotionId, WatchedJob watched)
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
            if (promotion.IsBeingRead)
            {
                return promotion;
            }
        }

        _queue.Put(promotion, watched.Due);
        return promotion;
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            WatchedPromotion promotion = await _queue.TakeAsync(cancellationToken);
            if (BeginReading(promotion) is { Count: > 0 } watched)
            {
                await LookAsync(promotion, watched, cancellationToken);
                PutBack(promotion);
            }
        }
    }

    /// <summary>The jobs to look at; none when nobody waits any more, or when another poller is at it, who will put it back.</summary>
    private List<WatchedJob> BeginReading(WatchedPromotion promotion)
    {
        lock (_lock)
        {
            if (promotion.IsBeingRead || promotion.Jobs.Count == 0)
            {
                return [];
            }

            promotion.IsBeingRead = true;
            return [.. promotion.Jobs];
        }
    }

    private async Task LookAsync(WatchedPromotion promotion, List<WatchedJob> watched, CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset asked = _clock.UtcNow;
            (List<PromotionJob> seen, EpPromoException? unusable) = await WatchedList.ReadAsync(_api, promotion, watched, cancellationToken);
            PollResult look = new(promotion.PromotionId, seen, _recent.All, asked, unusable);
            foreach (WatchedJob job in watched)
            {
                Settle(promotion, job, look);
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

    private void Settle(WatchedPromotion promotion, WatchedJob watched, PollResult look)
    {
        PromotionJob? job = look.Find(watched.JobId);
        bool goOn = watched.GoOn?.Invoke(look.Seen) ?? true;
        if (job is { IsFinished: true } || (!goOn && (job ?? watched.Job) is not null))
        {
            // First, so that those who learn of its end know how long it took.
            _recent.Add(job ?? watched.Job!);
            End(promotion, watched);
            watched.Complete(job ?? watched.Job!);
        }
        else if (job is null && look.Asked - watched.LastSeen > _consistencyWindow)
        {
            End(promotion, watched);
            watched.Fail(
                look.Unusable ?? new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), watched.JobId, promotion.PromotionId));
        }
        else
        {
            if (job is not null)
            {
                watched.Saw(job, look.EstimateFor(job), _clock.UtcNow);
            }

            watched.Due = NextLook(watched);
            EndLook(watched);
        }
    }

    /// <summary>Under the lock, so that either this sees that the time is over, or the end of the time sees that it was looked at.</summary>
    private void EndLook(WatchedJob watched)
    {
        lock (_lock)
        {
            watched.IsLookedAt = true;
            if (watched.IsTimeUp)
            {
                watched.Complete(watched.Seen);
            }
        }
    }

    /// <summary>
    /// A job just made is not looked at before it can have ended. One known by its id alone, or from long ago, may have: now.
    /// </summary>
    private DateTimeOffset FirstLook(WatchedJob watched)
    {
        if (watched.Job is not { } job || watched.Waited(watched.Added, _api.ServerTime) > JustMade)
        {
            return watched.Added;
        }

        watched.Expect(DurationEstimate.For(job, _recent.All));
        return NextLook(watched);
    }

    private DateTimeOffset NextLook(WatchedJob watched)
    {
        DateTimeOffset now = _clock.UtcNow;
        return watched.Estimate is null && !IsScout(watched)
            ? now + PollSchedule.Longest
            : now + PollSchedule.NextDelay(watched.Waited(now, _api.ServerTime), watched.Estimate);
    }

    /// <summary>
    /// While nobody knows how long jobs take, finding out costs many looks: of each kind one job is looked at for all, and they learn
    /// from it when it has ended.
    /// </summary>
    private bool IsScout(WatchedJob watched)
    {
        lock (_lock)
        {
            // One that is over may still be in the look that was under way then, and nobody would learn from it.
            if (watched.IsOver || _scouts.Exists(scout => scout != watched && scout.IsLike(watched)))
            {
                _scouts.Remove(watched);
                return false;
            }

            if (!_scouts.Contains(watched))
            {
                _scouts.Add(watched);
            }

            return true;
        }
    }

    /// <summary>Nobody waits for it any more: it has ended, or its waiting has.</summary>
    private void End(WatchedPromotion promotion, WatchedJob watched)
    {
        List<(WatchedPromotion Promotion, DateTimeOffset Due)> sooner = [];
        lock (_lock)
        {
            if (promotion.Jobs.Remove(watched))
            {
                _finished++;
            }

            if (_scouts.Remove(watched))
            {
                sooner.AddRange(AfterScout(watched).Select(one => (one, one.NextDue)));
            }
        }

        foreach ((WatchedPromotion one, DateTimeOffset due) in sooner)
        {
            _queue.Put(one, due);
        }
    }

    /// <summary>
    /// The promotions whose jobs may be due sooner now that a scout's wait is over. The first job of its kind tells for all: when nothing is
    /// known about how long it takes, as after one that failed, it is looked at in the scout's place. To work that out for each of
    /// thousands, each time one fails, would take longer than all the looks.
    /// </summary>
    private IEnumerable<WatchedPromotion> AfterScout(WatchedJob scout)
    {
        foreach (WatchedPromotion promotion in _promotions.Values)
        {
            WatchedJob? next = promotion.IsBeingRead
                ? null
                : promotion.Jobs.FirstOrDefault(job => job.Estimate is null && job.Job is not null && job.IsLike(scout));
            if (next is not null)
            {
                next.Expect(DurationEstimate.For(next.Job!, _recent.All));
                next.Due = NextLook(next);
                return next.Estimate is null ? [promotion] : [promotion, .. _promotions.Values.Where(LearnFromScout)];
            }
        }

        return [];
    }

    /// <returns>Whether its jobs may be due sooner now. One that is being read finds out by itself.</returns>
    private bool LearnFromScout(WatchedPromotion promotion)
    {
        if (promotion.IsBeingRead)
        {
            return false;
        }

        foreach (WatchedJob watched in promotion.Jobs.Where(watched => watched.Estimate is null && watched.Job is not null))
        {
            watched.Expect(DurationEstimate.For(watched.Job!, _recent.All));
            watched.Due = NextLook(watched);
        }

        return promotion.Jobs.Count > 0;
    }

    private void CountFinished()
    {
        lock (_lock)
        {
            _total++;
            _finished++;
        }
    }

    private void PutBack(WatchedPromotion promotion)
    {
        DateTimeOffset due;
        lock (_lock)
        {
            promotion.IsBeingRead = false;
            if (promotion.Jobs.Count == 0)
            {
                return;
            }

            due = promotion.NextDue;
        }

        _queue.Put(promotion, due);
    }
}
