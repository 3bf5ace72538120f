using EpPromo.Concurrency;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// Creates a job exactly once, although the API has no idempotency key (api-contract.md section 5) and an answer can be lost after
/// the work was done. Every call ends in "this job", "no job was made", or an error that says where to look. An export changes nothing,
/// so it may be made twice: nobody has to wait until it is certain that a first one was not made.
/// </summary>
internal sealed class JobCreator
{
    private const int MaxSends = 6;
    private const int MostDoublings = 5;
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a store that answers 429 is asked again, and the longest that it may ask to wait; as long as a read is (docs/guarantees.md).
    /// </summary>
    private static readonly TimeSpan LongestThrottling = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long to wait for the jobs in the way before asking the store again, which alone knows what is in the way: a status unknown
    /// here may be an end.
    /// </summary>
    private static readonly TimeSpan LongestWaitForOthers = TimeSpan.FromMinutes(2);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly ClaimedJobs _known;
    private readonly CreateTurns _turns;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>A creator of jobs through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for names.</param>
    /// <param name="known">The jobs known so far, shared by all creators of a connection.</param>
    /// <param name="turns">The order of creates, shared as well.</param>
    /// <param name="consistencyWindow">How long the job list may lag behind a create.</param>
    public JobCreator(
        IJobApi api, IClock clock, IRandomSource random, ClaimedJobs known, CreateTurns turns, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _random = random;
        _known = known;
        _turns = turns;
        _consistencyWindow = consistencyWindow;
    }

    /// <summary>Creates <paramref name="job"/> on a promotion, once.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create; without a name it gets a unique one.</param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="ApiException">
    /// The store refused: no job was made, or none but an export whose create was lost before the refusal.
    /// </exception>
    /// <exception cref="EpPromoException">
    /// Of kind <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.Busy"/>: no job was made, with the same exception. Of kind <see cref="ErrorKind.Uncertain"/>: it could not be found out.
    /// </exception>
    public async Task<PromotionJob> CreateAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        (await CreateWhileWantedAsync(promotionId, job, () => Task.FromResult(true), cancellationToken))!;

    /// <summary>The same, where the job may not be wanted any more by the time that a first send has proved to be lost.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create.</param>
    /// <param name="isWanted">Is asked before the job is sent again.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The job, or null when none was made because it is not wanted any more.</returns>
    internal Task<PromotionJob?> CreateWhileWantedAsync(
        string promotionId, NewJob job, Func<Task<bool>> isWanted, CancellationToken cancellationToken)
    {
        job.Validate();
        return _turns.InTurnAsync(promotionId, () => CreateInTurnAsync(promotionId, job, isWanted, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Creates <paramref name="job"/>, waiting first for what is in the way: the API takes one active job a promotion.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create.</param>
    /// <param name="waiter">Waits for what is in the way.</param>
    /// <param name="slots">Of which the caller holds one: it is given away while that lasts.</param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="EpPromoException">As <see cref="CreateAsync"/> does.</exception>
    public async Task<PromotionJob> CreateWhenFreeAsync(
        string promotionId, NewJob job, JobWaiter waiter, ConcurrencyLimit slots, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return await CreateAsync(promotionId, job, cancellationToken);
            }
            catch (ApiException refused) when (refused.IsTooManyJobs)
            {
                TimeSpan backoff = Backoff(tries);
                await slots.WithoutAsync(async () =>
                {
                    await WaitForActiveJobsAsync(promotionId, waiter, cancellationToken);
                    await _clock.DelayAsync(backoff, cancellationToken);
                });
            }
        }
    }

    /// <summary>Waits until the jobs that are active on a promotion have ended, however they end, but not for ever.</summary>
    internal async Task WaitForActiveJobsAsync(string promotionId, JobWaiter waiter, CancellationToken cancellationToken)
    {
        IReadOnlyList<PromotionJob> active = await JobFinder.FindActiveAsync(_api, promotionId, null, cancellationToken);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ended = Task.WhenAll(active.Select(inTheWay => waiter.WaitForAsync(inTheWay, enough.Token)));
        await Task.WhenAny(ended, _clock.DelayAsync(LongestWaitForOthers, enough.Token));
        enough.Cancel();
        try
        {
            await ended;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // They go on for longer than that.
        }
    }

    private async Task<PromotionJob?> CreateInTurnAsync(
        string promotionId, NewJob job, Func<Task<bool>> isWanted, CancellationToken cancellationToken)
    {
        bool mayBeMadeTwice = job.JobType == JobTypes.Export;
        bool nameIsUnique = job.Name is null;
        NewJob named = nameIsUnique ? job with { Name = GeneratedName.New(_clock, _random) } : job;
        DateTimeOffset began = _clock.UtcNow;
        JobMatch match = new(named, nameIsUnique, () => _api.ServerTime - (_clock.UtcNow - began));
        UncertainResultException? doubt = null;
        int throttled = 0;
        bool isLost = false;

        for (int sends = 1; ; sends++)
        {
            try
            {
                PromotionJob made = await _turns.SendAsync(
                    () => _api.CreateJobAsync(promotionId, named, cancellationToken), cancellationToken);
                _known.Claim(made.JobId);
                return made;
            }
            catch (UncertainResultException lost)
            {
                doubt = lost;
            }
            catch (ApiException refused) when (refused.IsTooManyJobs && doubt is not null)
            {
                // Perhaps what is in the way is the very job whose answer was lost. An export was sent again before the list had its time.
                TimeSpan lag = mayBeMadeTwice && isLost ? _consistencyWindow + _consistencyWindow : _consistencyWindow;
                if (await FindAsync(promotionId, match, doubt, lag, cancellationToken) is { } inTheWay)
                {
                    return inTheWay;
                }

                throw;
            }

            DateTimeOffset answered = _clock.UtcNow;
            isLost |= !doubt.Throttled;
            TimeSpan lookFor = mayBeMadeTwice ? TimeSpan.Zero : _consistencyWindow;
            if (doubt.Throttled)
            {
                if (answered + doubt.RetryAfter > began + LongestThrottling)
                {
                    // Nothing was made, and looking for it would be asked too soon as well.
                    throw new EpPromoException(doubt, ErrorKind.Busy, nameof(SR.RateLimited), doubt.Reason);
                }

                // A 429 is sent before any work is done, so one look is enough; and sending again is guarded by the store itself,
                // which takes one job at a time.
                lookFor = TimeSpan.Zero;
                TimeSpan backoff = Backoff(++throttled);
                await _clock.DelayAsync(doubt.RetryAfter is { } asked ? asked + backoff : backoff, cancellationToken);
            }

            // An export may be sent again without knowing, but an outage must end some time.
            bool mustBeRead = !mayBeMadeTwice || _clock.UtcNow - began >= LongestThrottling;
            if (await FindAsync(promotionId, match, doubt, lookFor, cancellationToken, mustBeRead) is { } found)
            {
                return found;
            }

            // Looking has taken some of the time that the store has asked for.
            TimeSpan more = answered + doubt.RetryAfter - _clock.UtcNow ?? TimeSpan.Zero;
            bool goOn = doubt.Throttled ? _clock.UtcNow - began < LongestThrottling : sends - throttled < MaxSends;
            if (!goOn || more >= LongestThrottling)
            {
                if (mayBeMadeTwice && isLost
                    && await FindAsync(promotionId, match, doubt, _consistencyWindow, cancellationToken) is { } late)
                {
                    return late;
                }

                throw new EpPromoException(
                    doubt, ErrorKind.Unavailable, nameof(SR.JobNotCreated), promotionId, sends, doubt.Reason);
            }

            if (mayBeMadeTwice && sends - throttled > 1)
            {
                // At once the first time only: a store that loses everything is given some time.
                more = Max(more, Backoff(sends));
            }

            if (more > TimeSpan.Zero)
            {
                await _clock.DelayAsync(more, cancellationToken);
            }

            // Last, so that it is true when the job is sent again.
            if (!doubt.Throttled && !await isWanted())
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Looks for the job again and again until <paramref name="window"/> is over; null when it is not there, or could not be read and need not be.
    /// </summary>
    private async Task<PromotionJob?> FindAsync(
        string promotionId, JobMatch match, UncertainResultException doubt, TimeSpan window, CancellationToken cancellationToken, bool mustBeRead = true)
    {
        DateTimeOffset end = _clock.UtcNow + window;
        for (TimeSpan pause = FirstLook; ; pause = Min(pause + pause, LongestPause))
        {
            // Whether this look is the last is decided before it, so that the last one sees the whole window.
            bool last = _clock.UtcNow >= end;
            try
            {
                if (await LookAsync(promotionId, match, doubt, cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (EpPromoException unreadable) when (unreadable.Kind == ErrorKind.Uncertain && !(last && mustBeRead) && !IsClosed(unreadable))
            {
                // The next look may fare better; only the last one must.
            }

            if (last)
            {
                return null;
            }

            await _clock.DelayAsync(Min(pause, end - _clock.UtcNow), cancellationToken);
        }
    }

    private async Task<PromotionJob?> LookAsync(
        string promotionId, JobMatch match, UncertainResultException doubt, CancellationToken cancellationToken)
    {
        try
        {
            List<PromotionJob> fitting = [];
            await JobFinder.WalkAsync(
                _api,
                promotionId,
                null,
                0,
                page =>
                {
                    fitting.AddRange(page.Items.Where(match.Fits));
                    return !match.NameIsUnique || fitting.Count == 0;
                },
                cancellationToken);
            return match.InOrder(fitting).FirstOrDefault(job => _known.Claim(job.JobId));
        }
        catch (ApiException e) when (e.Kind is ErrorKind.NotFound && e.Error.IsExplained)
        {
            // Reads lag behind, so a promotion just made can be missing too. Whether it is there, the next send will tell for certain. A 404
            // that is not the API's own says nothing about the job.
            return null;
        }
        catch (EpPromoException e)
        {
            // A create that was lost and a list that cannot be read: only a person can tell.
            throw new EpPromoException(
                e, ErrorKind.Uncertain, nameof(SR.CreateUncertain), promotionId, match.Name, doubt.Reason, e.Message);
        }
    }

    /// <summary>Whether it was the user who disconnected: no look after that fares better.</summary>
    private static bool IsClosed(EpPromoException unreadable) =>
        unreadable.InnerException is EpPromoException { ErrorId: nameof(SR.StoreClosed) };

    /// <summary>Exponential, with full jitter, so that many callers do not come back at the same moment.</summary>
    private TimeSpan Backoff(int tries) =>
        TimeSpan.FromTicks((long)((FirstLook.Ticks << Math.Min(tries, MostDoublings)) * _random.NextDouble()));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
