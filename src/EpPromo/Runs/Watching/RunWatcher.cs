using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.Runs.Watching;

/// <summary>
/// Watches the runs and jobs of a store until none is open. It reads the job lists of all promotions once, and then again and again those of
/// the promotions with open runs and jobs; the others in turn, as far as its share of the request limit allows (<see cref="WatchPlan"/>).
/// </summary>
internal sealed class RunWatcher
{
    /// <summary>The time between two reads.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a run counts as open after its last job has ended, if codes are missing: it may be between two jobs, and no request shows
    /// whether somebody executes it.
    /// </summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>How often the promotions are listed again, so that new ones are watched, too.</summary>
    internal static readonly TimeSpan ListInterval = TimeSpan.FromMinutes(1);

    private readonly IJobApi _jobs;
    private readonly IClock _clock;
    private readonly Func<double> _requestsPerSecond;
    private readonly Dictionary<string, WatchedJobList> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shownRuns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _openedJobs = new(StringComparer.Ordinal);

    /// <summary>A watcher without promotions.</summary>
    /// <param name="jobs">The store's jobs.</param>
    /// <param name="clock">Time.</param>
    /// <param name="requestsPerSecond">Returns the request limit.</param>
    public RunWatcher(IJobApi jobs, IClock clock, Func<double> requestsPerSecond)
    {
        _jobs = jobs;
        _clock = clock;
        _requestsPerSecond = requestsPerSecond;
    }

    /// <summary>Callback: adds the promotions that the store has now; null if only certain promotions are watched.</summary>
    public Func<CancellationToken, Task>? FindPromotions { get; set; }

    /// <summary>Adds a promotion, if it is not watched yet.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="isWanted">Whether a run of this name is watched; null to watch all runs, and the jobs that belong to no run.</param>
    /// <returns>Its list.</returns>
    public WatchedJobList Add(string promotionId, Func<string, bool>? isWanted) =>
        _lists.TryGetValue(promotionId, out WatchedJobList? list) ? list : _lists[promotionId] = new WatchedJobList(promotionId, isWanted);

    /// <summary>Reads a list. Several may be read at the same time.</summary>
    /// <exception cref="EpPromoException">It cannot be read.</exception>
    public async Task ReadAsync(WatchedJobList list, CancellationToken cancellationToken)
    {
        int requests = 0;
        Dictionary<string, PromotionJob> jobs = new(StringComparer.Ordinal);
        await JobFinder.WalkAsync(
            _jobs,
            list.PromotionId,
            null,
            0,
            page =>
            {
                requests++;
                foreach (PromotionJob job in page.Items.Where(list.Contains))
                {
                    jobs[job.JobId] = job;
                }

                return true;
            },
            cancellationToken);
        list.Update([.. jobs.Values], Math.Max(1, requests), _clock.UtcNow);
    }

    /// <summary>
    /// Watches until two reads in a row show nothing that is open: between two promotions, a run has no job for a moment. A promotion that
    /// cannot be read is watched no longer.
    /// </summary>
    /// <param name="onRead">Callback: receives what is known, first what was read before the watch.</param>
    /// <param name="onError">Callback: receives why a promotion, or the list of promotions (null), cannot be read.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(
        Func<WatchSnapshot, Task> onRead, Func<EpPromoException, string?, Task> onError, CancellationToken cancellationToken)
    {
        DateTimeOffset listedAt = _clock.UtcNow;
        WatchSnapshot known = Observe();
        await onRead(known);
        for (int readsLeft = known.IsAnyOpen ? 2 : 0; readsLeft > 0; readsLeft = known.IsAnyOpen ? 2 : readsLeft - 1)
        {
            await _clock.DelayAsync(Interval, cancellationToken);
            if (_clock.UtcNow - listedAt >= ListInterval)
            {
                listedAt = _clock.UtcNow;
                await FindPromotionsAsync(onError, cancellationToken);
            }

            await ReadNextAsync(known, onError, cancellationToken);
            known = Observe();
            await onRead(known);
        }
    }

    private async Task FindPromotionsAsync(Func<EpPromoException, string?, Task> onError, CancellationToken cancellationToken)
    {
        try
        {
            await (FindPromotions?.Invoke(cancellationToken) ?? Task.CompletedTask);
        }
        catch (EpPromoException e)
        {
            await onError(e, null);
        }
    }

    private async Task ReadNextAsync(
        WatchSnapshot known, Func<EpPromoException, string?, Task> onError, CancellationToken cancellationToken)
    {
        HashSet<string> open = new(StringComparer.Ordinal);
        open.UnionWith(known.ActiveJobs.Select(job => job.PromotionId));
        open.UnionWith(known.OpenRuns.SelectMany(run => run.Parts).Where(part => !JobStatuses.IsCompleted(part.Status)).Select(part => part.PromotionId));
        ConcurrencyLimit limit = new(StoreRunFinder.MaxConcurrency);
        IReadOnlyList<WatchedJobList> next = WatchPlan.Next(
            _lists.Values, list => open.Contains(list.PromotionId), WatchPlan.Budget(_requestsPerSecond(), Interval));
        EpPromoException?[] errors = await Task.WhenAll(next.Select(list => limit.RunAsync(() => TryReadAsync(list, cancellationToken), cancellationToken)));
        for (int i = 0; i < next.Count; i++)
        {
            if (errors[i] is { } error)
            {
                _lists.Remove(next[i].PromotionId);
                await onError(error, next[i].PromotionId);
            }
        }
    }

    private async Task<EpPromoException?> TryReadAsync(WatchedJobList list, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(list, cancellationToken);
            return null;
        }
        catch (EpPromoException e)
        {
            return e;
        }
    }

    private WatchSnapshot Observe()
    {
        DateTimeOffset now = _clock.UtcNow;
        DateTimeOffset pausedSince = _jobs.ServerTime - Pause;
        IReadOnlyList<PromotionRun> runs = RunFinder.Combine(_lists.Values.SelectMany(list => list.Parts));
        PromotionRun[] open = [.. runs.Where(run => run.Parts.Any(part => IsOpen(part, pausedSince)))];
        PromotionJob[] jobs = [.. _lists.Values.SelectMany(list => list.Jobs).OrderBy(job => job.CreatedAt is null).ThenBy(job => job.CreatedAt)];
        PromotionJob[] active = [.. jobs.Where(job => !job.IsFinished)];
        _shownRuns.UnionWith(open.Select(run => run.Name));
        _shownRuns.UnionWith(_lists.Values.Where(list => list.IsWanted is not null).SelectMany(list => list.Parts).Select(part => part.Name));
        _openedJobs.UnionWith(active.Select(job => job.JobId));
        return new WatchSnapshot(
            now,
            [.. runs.Where(run => run.Parts.Any(part => _shownRuns.Contains(part.Name)))],
            open,
            [.. jobs.Where(job => RunFinder.RunOf(job) is null && _openedJobs.Contains(job.JobId))],
            active);
    }

    private static bool IsOpen(CodeRun part, DateTimeOffset pausedSince) =>
        part.Status == RunStatuses.Processing || (part.Status == RunStatuses.Incomplete && part.Finished > pausedSince);
}
