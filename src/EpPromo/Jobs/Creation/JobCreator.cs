using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// Creates a job exactly once, although the API has no idempotency key (api-contract.md section 5) and a response can be lost after the
/// work was done. Every call ends in "this job", "no job was created", or an error that says where to check. An export changes nothing, so
/// it may be created twice: it is sent again without waiting until it is certain that the first one was not created.
/// </summary>
internal sealed class JobCreator
{
    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly CreateCoordination _coordination;
    private readonly TimeSpan _consistencyWindow;
    private readonly LostJobFinder _finder;

    /// <summary>A creator of jobs through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for names and delays.</param>
    /// <param name="coordination">What all creators of a store share.</param>
    /// <param name="consistencyWindow">How long the job list may lag behind a create.</param>
    public JobCreator(IJobApi api, IClock clock, IRandomSource random, CreateCoordination coordination, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _random = random;
        _coordination = coordination;
        _consistencyWindow = consistencyWindow;
        _finder = new LostJobFinder(api, clock, coordination.ClaimedJobs);
    }

    /// <summary>Creates <paramref name="job"/> on a promotion, once.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create; without a name it gets a unique one.</param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="ApiException">
    /// The store rejected it: no job was created, except perhaps an export whose response was lost before the rejection.
    /// </exception>
    /// <exception cref="EpPromoException">
    /// Of kind <see cref="ErrorKind.InvalidArgument"/>: nothing was sent. Of kind <see cref="ErrorKind.Unavailable"/> or
    /// <see cref="ErrorKind.Busy"/>: no job was created, with the same exception. Of kind <see cref="ErrorKind.Uncertain"/>: whether a job
    /// was created could not be determined.
    /// </exception>
    public async Task<PromotionJob> CreateAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        (await CreateWhileWantedAsync(promotionId, job, () => Task.FromResult(true), cancellationToken))!;

    /// <summary>As <see cref="CreateAsync"/>, but a create whose response was lost is sent again only if the job is still wanted by then.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="job">What to create.</param>
    /// <param name="isWanted">Callback: called before the job is sent again.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The job, or null if none was created because it is no longer wanted.</returns>
    public async Task<PromotionJob?> CreateWhileWantedAsync(
        string promotionId, NewJob job, Func<Task<bool>> isWanted, CancellationToken cancellationToken)
    {
        job.Validate();
        using IDisposable promotionLock = await _coordination.PromotionLock.LockAsync(promotionId, cancellationToken);
        CreateAttempts create = StartAttempts(promotionId, job);
        while (true)
        {
            if (await SendAsync(create, cancellationToken) is { } created)
            {
                return created;
            }

            if (create.IsThrottled)
            {
                await DelayAfterThrottlingAsync(create, cancellationToken);
            }

            if (await FindLostJobAsync(create, cancellationToken) is { } found)
            {
                return found;
            }

            if (!create.MaySendAgain(_clock.UtcNow))
            {
                return await FindBeforeGivingUpAsync(create, cancellationToken) ?? throw new EpPromoException(
                    create.LastFailure!, ErrorKind.Unavailable, nameof(SR.JobNotCreated),
                    create.PromotionId, create.Sends, create.LastFailure!.Reason);
            }

            await DelayNextSendAsync(create, cancellationToken);

            // Last, so that it still holds when the job is sent again.
            if (!create.IsThrottled && !await isWanted())
            {
                return null;
            }
        }
    }

    private CreateAttempts StartAttempts(string promotionId, NewJob job)
    {
        bool isNameGenerated = job.Name is null;
        NewJob named = isNameGenerated ? job with { Name = GeneratedName.New(_clock, _random) } : job;
        DateTimeOffset startedAt = _clock.UtcNow;
        JobMatch match = new(named, isNameGenerated, () => _api.ServerTime - (_clock.UtcNow - startedAt));
        return new CreateAttempts(promotionId, named, match, startedAt);
    }

    /// <summary>Sends the create once.</summary>
    /// <returns>The job; null if it is uncertain whether it was created.</returns>
    private async Task<PromotionJob?> SendAsync(CreateAttempts create, CancellationToken cancellationToken)
    {
        create.AddSend();
        try
        {
            PromotionJob created = await _coordination.InFlight.RunAsync(
                () => _api.CreateJobAsync(create.PromotionId, create.Job, cancellationToken), cancellationToken);
            _coordination.ClaimedJobs.TryClaim(created.JobId);
            return created;
        }
        catch (UncertainResultException failure)
        {
            create.AddFailure(failure, _clock.UtcNow);
            return null;
        }
        catch (ApiException rejected) when (rejected.IsTooManyJobs && create.LastFailure is not null)
        {
            // The active job may be the very job whose response was lost. An export was sent again before the list had to show it.
            TimeSpan window = create.IsRepeatable && create.MayHaveCreated ? _consistencyWindow + _consistencyWindow : _consistencyWindow;
            if (await _finder.FindAsync(create, window, mustBeReadable: true, cancellationToken) is { } active)
            {
                return active;
            }

            throw;
        }
    }

    /// <summary>Waits as long as the store requests, before it gets the next request of any kind.</summary>
    private Task DelayAfterThrottlingAsync(CreateAttempts create, CancellationToken cancellationToken)
    {
        UncertainResultException failure = create.LastFailure!;
        if (create.IsThrottledTooLong)
        {
            throw new EpPromoException(failure, ErrorKind.Busy, nameof(SR.RateLimited), failure.Reason);
        }

        TimeSpan backoff = JitteredBackoff.Next(create.ThrottledSends, _random);
        return _clock.DelayAsync((failure.RetryAfter ?? TimeSpan.Zero) + backoff, cancellationToken);
    }

    /// <summary>Finds the job that the attempts so far may have created.</summary>
    private Task<PromotionJob?> FindLostJobAsync(CreateAttempts create, CancellationToken cancellationToken)
    {
        // A 429 is sent before any work is done, so the list is read once only. If an earlier attempt has created the job after all, the
        // store itself rejects the next one, because it accepts one active job at a time.
        TimeSpan window = create.IsRepeatable || create.IsThrottled ? TimeSpan.Zero : _consistencyWindow;

        // An export may be sent again without a list, but an outage must end in an error at some time.
        bool mustBeReadable = !create.IsRepeatable || create.IsThrottlingLimitReached(_clock.UtcNow);
        return _finder.FindAsync(create, window, mustBeReadable, cancellationToken);
    }

    /// <summary>An export was sent again without giving the list its time, which it gets now.</summary>
    private async Task<PromotionJob?> FindBeforeGivingUpAsync(CreateAttempts create, CancellationToken cancellationToken) =>
        create.IsRepeatable && create.MayHaveCreated
            ? await _finder.FindAsync(create, _consistencyWindow, mustBeReadable: true, cancellationToken)
            : null;

    /// <summary>Waits as long as the store requests. An export is first sent again at once, and then with a growing delay.</summary>
    private async Task DelayNextSendAsync(CreateAttempts create, CancellationToken cancellationToken)
    {
        TimeSpan delay = create.RemainingRetryAfter(_clock.UtcNow);
        if (create.IsRepeatable && create.Sends - create.ThrottledSends > 1)
        {
            TimeSpan backoff = JitteredBackoff.Next(create.Sends, _random);
            delay = delay > backoff ? delay : backoff;
        }

        if (delay > TimeSpan.Zero)
        {
            await _clock.DelayAsync(delay, cancellationToken);
        }
    }
}
