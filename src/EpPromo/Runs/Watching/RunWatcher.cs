using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Runs.Finding;
using EpPromo.Time;

namespace EpPromo.Runs.Watching;

/// <summary>
/// Watches the runs and jobs of a store until none is open. It reads the job lists of all promotions once, and then repeatedly those of the
/// promotions with open runs and jobs; the others in turn, as far as its share of the request limit allows (<see cref="WatchPlan"/>).
/// </summary>
internal sealed class RunWatcher
{
    /// <summary>
    /// How long a run counts as open after its last job has ended, if codes are missing: it may be between two jobs, and no request shows
    /// whether somebody executes it.
    /// </summary>
    internal static readonly TimeSpan GracePeriod = TimeSpan.FromMinutes(1);

    /// <summary>How often the promotions are listed again, so that new ones are watched, too.</summary>
    internal static readonly TimeSpan ListInterval = TimeSpan.FromMinutes(1);

    /// <summary>How many promotions a page of the list has.</summary>
    private const int PromotionsPerRequest = 100;

    private readonly IJobApi _jobs;
    private readonly IClock _clock;
    private readonly Func<double> _requestsPerSecond;
    private readonly Func<CancellationToken, Task<IReadOnlyList<Promotion>>>? _listPromotions;
    private readonly Dictionary<string, WatchedJobList> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shownRuns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A watcher without promotions.</summary>
    /// <param name="jobs">The store's jobs.</param>
    /// <param name="clock">Time.</param>
    /// <param name="requestsPerSecond">Returns the request limit.</param>
    /// <param name="listPromotions">Lists the promotions that the store has; null if only those are watched that are added.</param>
    public RunWatcher(
        IJobApi jobs, IClock clock, Func<double> requestsPerSecond, Func<CancellationToken, Task<IReadOnlyList<Promotion>>>? listPromotions = null)
    {
        _jobs = jobs;
        _clock = clock;
        _requestsPerSecond = requestsPerSecond;
        _listPromotions = listPromotions;
    }

    /// <summary>Adds a promotion, if it is not watched yet.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="isWanted">Whether a run of this name is watched; null to watch all runs, and the jobs that belong to no run.</param>
    /// <returns>Its list.</returns>
    public WatchedJobList Add(string promotionId, Func<string, bool>? isWanted) =>
        _lists.TryGetValue(promotionId, out WatchedJobList? list) ? list : _lists[promotionId] = new WatchedJobList(promotionId, isWanted);

    /// <summary>Reads a list. Several may be read at the same time.</summary>
    /// <param name="list">The list.</param>
    /// <param name="pages">How many pages of it are requested at the same time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">It cannot be read.</exception>
    public async Task ReadAsync(WatchedJobList list, PageConcurrency pages, CancellationToken cancellationToken)
    {
        int requests = 0;
        Dictionary<string, PromotionJob> jobs = new(StringComparer.Ordinal);
        try
        {
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

                    return Task.FromResult(true);
                },
                pages,
                cancellationToken);
        }
        catch (EpPromoException e)
        {
            list.Fail(e, _clock.UtcNow);
            throw;
        }

        list.Update(jobs.Values, Math.Max(1, requests), _clock.UtcNow);
    }

    /// <summary>
    /// Watches until nothing is open. Before it ends, it reads all lists once more: a run has no job for a moment between two promotions, and
    /// the next one may be one that was read long ago.
    /// </summary>
    /// <param name="onSnapshot">Callback: receives what is known, first what was read before.</param>
    /// <param name="onError">Callback: receives why a promotion, or the list of promotions (null), cannot be read.</param>
    /// <param name="isWanted">Which runs are watched on promotions that the store has only later, as for <see cref="Add"/>.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="EpPromoException">The store no longer accepts requests of this session.</exception>
    public async Task RunAsync(
        Func<WatchSnapshot, Task> onSnapshot,
        Func<EpPromoException, string?, Task> onError,
        Func<string, bool>? isWanted,
        CancellationToken cancellationToken)
    {
        DateTimeOffset listedAt = _clock.UtcNow;
        DateTimeOffset closedAt = DateTimeOffset.MinValue;
        bool wasOpen = false;
        int requests = 0;
        while (true)
        {
            WatchSnapshot snapshot = Observe();
            await onSnapshot(snapshot);
            closedAt = wasOpen && !snapshot.IsAnyOpen ? snapshot.Time : closedAt;
            wasOpen = snapshot.IsAnyOpen;
            WatchedJobList[] notReadSince = [.. _lists.Values.Where(list => CanRead(list) && !(list.TriedAt > closedAt))];
            if (!snapshot.IsAnyOpen && notReadSince.Length == 0)
            {
                return;
            }

            await _clock.DelayAsync(WatchPlan.Interval(requests, _requestsPerSecond()), cancellationToken);
            requests = 0;
            if (_listPromotions is not null && _clock.UtcNow - listedAt >= ListInterval)
            {
                listedAt = _clock.UtcNow;
                requests += await AddNewPromotionsAsync(_listPromotions, onError, isWanted, cancellationToken);
            }

            IReadOnlyList<WatchedJobList> next = snapshot.IsAnyOpen ? Next(snapshot) : notReadSince;
            await ReadAsync(next, onError, cancellationToken);
            requests += next.Sum(list => list.Requests);
        }
    }

    private async Task<int> AddNewPromotionsAsync(
        Func<CancellationToken, Task<IReadOnlyList<Promotion>>> listPromotions,
        Func<EpPromoException, string?, Task> onError,
        Func<string, bool>? isWanted,
        CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Promotion> promotions = await listPromotions(cancellationToken);
            foreach (Promotion promotion in promotions)
            {
                Add(promotion.PromotionId, isWanted);
            }

            return 1 + (promotions.Count / PromotionsPerRequest);
        }
        catch (EpPromoException e) when (!EndsWatch(e))
        {
            await onError(e, null);
            return 1;
        }
    }

    private IReadOnlyList<WatchedJobList> Next(WatchSnapshot snapshot)
    {
        HashSet<string> open = new(StringComparer.Ordinal);
        open.UnionWith(snapshot.ActiveJobs.Select(job => job.PromotionId));
        open.UnionWith(snapshot.OpenRuns.SelectMany(run => run.Parts).Where(part => part.Status != RunStatuses.Completed).Select(part => part.PromotionId));
        ILookup<bool, WatchedJobList> lists = _lists.Values.Where(CanRead).ToLookup(list => open.Contains(list.PromotionId));
        return WatchPlan.Next(lists[true], lists[false], WatchPlan.Budget(_requestsPerSecond()));
    }

    private async Task ReadAsync(
        IReadOnlyList<WatchedJobList> lists, Func<EpPromoException, string?, Task> onError, CancellationToken cancellationToken)
    {
        // One outage makes many reads fail, again and again, for the same reason.
        HashSet<string> reported = [.. lists.Select(list => list.Error?.ErrorId).OfType<string>()];
        ConcurrencyLimit limit = new(StoreRunFinder.MaxConcurrency);
        await Task.WhenAll(lists.Select(list => limit.RunAsync(() => TryReadAsync(list, cancellationToken), cancellationToken)));
        foreach (WatchedJobList list in lists.Where(list => list.Error is not null))
        {
            EpPromoException error = list.Error!;
            if (EndsWatch(error))
            {
                throw error;
            }

            bool isOpen = list.Parts.Any(part => part.Status != RunStatuses.Completed) || list.Jobs.Any(job => !job.IsFinished);
            if (error.Kind == ErrorKind.NotFound)
            {
                list.Clear();
            }

            // A promotion that somebody has deleted is no error if nothing was left to be done on it.
            if ((error.Kind != ErrorKind.NotFound || isOpen) && (!IsTransient(error) || reported.Add(error.ErrorId)))
            {
                await onError(error, list.PromotionId);
            }
        }
    }

    /// <summary>Reads a list. If that fails, the error is in <see cref="WatchedJobList.Error"/>.</summary>
    private async Task TryReadAsync(WatchedJobList list, CancellationToken cancellationToken)
    {
        try
        {
            // Page after page: the requests for a long list must not come all at once, before those of the commands that generate codes.
            await ReadAsync(list, PageConcurrency.One, cancellationToken);
        }
        catch (EpPromoException)
        {
            // All errors of a round are reported together, from the lists.
        }
    }

    /// <summary>Whether a list can be read, as far as is known.</summary>
    private static bool CanRead(WatchedJobList list) => list.Error is null || IsTransient(list.Error);

    /// <summary>Whether the next read may succeed.</summary>
    private static bool IsTransient(EpPromoException error) =>
        error.Kind is ErrorKind.Unavailable or ErrorKind.Timeout or ErrorKind.Busy or ErrorKind.InvalidResponse;

    /// <summary>Whether no further request of the session can succeed.</summary>
    private static bool EndsWatch(EpPromoException error) => error.Kind == ErrorKind.NotAuthenticated;

    private WatchSnapshot Observe()
    {
        DateTimeOffset openSince = _jobs.ServerTime - GracePeriod;
        IReadOnlyList<PromotionRun> runs = RunFinder.Combine(_lists.Values.SelectMany(list => list.Parts));
        HashSet<string> unreadable = [.. _lists.Values.Where(list => !CanRead(list)).Select(list => list.PromotionId)];
        PromotionRun[] open = [.. runs.Where(run => run.Parts.Any(part => IsOpen(part, openSince) && !unreadable.Contains(part.PromotionId)))];
        PromotionJob[] jobs = [.. _lists.Values.SelectMany(list => list.Jobs).OrderBy(job => job.CreatedAt is null).ThenBy(job => job.CreatedAt)];
        _shownRuns.UnionWith(open.Select(run => run.Name));
        _shownRuns.UnionWith(_lists.Values.Where(list => list.IsWanted is not null).SelectMany(list => list.Parts).Select(part => part.Name));
        return new WatchSnapshot(
            _clock.UtcNow,
            [.. runs.Where(run => run.Parts.Any(part => _shownRuns.Contains(part.Name)))],
            open,
            [.. jobs.Where(job => RunFinder.RunOf(job) is null)],
            [.. jobs.Where(job => !job.IsFinished && !unreadable.Contains(job.PromotionId))],
            _lists.Values.Count(list => !list.IsRead));
    }

    private static bool IsOpen(CodeRun part, DateTimeOffset openSince) =>
        part.Status == RunStatuses.Processing || (part.Status == RunStatuses.Incomplete && part.Finished > openSince);
}
