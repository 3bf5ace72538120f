using EpPromo.Api;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// Creates a promotion exactly once, although the API has no idempotency key (api-contract.md section 6) and a response can be lost after the
/// work was done. Every call ends in "this promotion", "no promotion was created", or an error that says where to check.
/// </summary>
internal sealed class PromotionCreator
{
    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly PromotionWrites _shared;
    private readonly TimeSpan _consistencyWindow;
    private readonly Func<DateTimeOffset> _serverTime;

    /// <summary>A creator of promotions through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    /// <param name="shared">What all creators of a store share.</param>
    /// <param name="consistencyWindow">How long the list of promotions may lag behind a create.</param>
    /// <param name="serverTime">Callback: the store's time.</param>
    public PromotionCreator(
        IPromotionApi api, IClock clock, IRandomSource random, PromotionWrites shared, TimeSpan consistencyWindow, Func<DateTimeOffset> serverTime)
    {
        _api = api;
        _clock = clock;
        _random = random;
        _shared = shared;
        _consistencyWindow = consistencyWindow;
        _serverTime = serverTime;
    }

    /// <summary>Creates a promotion, once.</summary>
    /// <param name="fields">Its fields; they have a name.</param>
    /// <param name="known">The ids of promotions of the same name that existed before.</param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="ApiException">The store rejected it: no promotion was created.</exception>
    /// <exception cref="EpPromoException">
    /// Of kind <see cref="ErrorKind.InvalidArgument"/>: nothing was sent. Of kind <see cref="ErrorKind.Unavailable"/> or
    /// <see cref="ErrorKind.Busy"/>: no promotion was created. Of kind <see cref="ErrorKind.Uncertain"/>: whether one was created could not be
    /// determined.
    /// </exception>
    public async Task<Promotion> CreateAsync(PromotionFields fields, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        fields.Validate();
        using IDisposable nameLock = await _shared.NameLock.LockAsync(NormalizedText.Of(fields.Name!.Trim()), cancellationToken);
        DateTimeOffset startedAt = _clock.UtcNow;
        LostPromotionFinder finder = new(
            _api, _clock, _shared.Claimed, fields, known, () => _serverTime() - (_clock.UtcNow - startedAt));
        WriteAttempts attempts = new(_clock, _random);
        while (true)
        {
            try
            {
                Promotion created = await _api.CreatePromotionAsync(fields, cancellationToken);
                _shared.Claimed.TryClaim(created.PromotionId);
                _shared.Keep(created, _clock.UtcNow);
                return created;
            }
            catch (EpPromoException failure) when (attempts.TryAdd(failure))
            {
                if (failure is not UncertainResultException)
                {
                    attempts.ThrowIfLast();
                    await attempts.DelayAsync(cancellationToken);
                    continue;
                }
            }
            catch (ApiException) when (attempts.MayHaveWorked)
            {
                // The promotion may exist after all, and may be why this one was rejected, for example because of its priority.
                if (await finder.FindAsync(_consistencyWindow, attempts.LastFailure!, cancellationToken) is { } rejecting)
                {
                    return rejecting;
                }

                throw;
            }

            // A 429 is sent before any work is done, so there is nothing to find unless an earlier response was lost.
            if (!attempts.LastFailure!.Throttled
                && await finder.FindAsync(_consistencyWindow, attempts.LastFailure, cancellationToken) is { } found)
            {
                return found;
            }

            if (attempts.IsLast)
            {
                throw new EpPromoException(
                    attempts.LastFailure, ErrorKind.Unavailable, nameof(SR.PromotionNotCreated), fields.Name, attempts.LastFailure.Reason);
            }

            await attempts.DelayAsync(cancellationToken);
        }
    }
}
