using System.Collections.Concurrent;
using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>
/// Tells a promotion of the other kind from one that does not exist: the store responds to both with 404. What is known is rejected before
/// anything is sent.
/// </summary>
internal sealed class OtherKindCheck
{
    private readonly StoreSection _section;
    private readonly Lazy<IPromotionApi> _otherApi;

    private readonly KeyedLock _lock = new();

    /// <summary>Ids that the other kind does not have either: they are requested once.</summary>
    private readonly ConcurrentDictionary<string, bool> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The check for calls on the promotions of <paramref name="section"/>.</summary>
    /// <param name="section">Where the promotions should be.</param>
    /// <param name="observer">Is notified of the requests for promotions of the other kind.</param>
    public OtherKindCheck(StoreSection section, IRequestObserver observer)
    {
        _section = section;
        _otherApi = new Lazy<IPromotionApi>(() => new StampedPromotionApi(
            section.Store.Connection.Open(observer, section.Other.Kind).Promotions, section.Other, check: null));
    }

    /// <summary>Makes a call on a promotion.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="EpPromoException">The promotion is of the other kind, or the call failed otherwise.</exception>
    public async Task<T> CallAsync<T>(string promotionId, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        ThrowIfKnown(promotionId);
        try
        {
            return await call();
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound && e.Error.IsExplained)
        {
            if (await FindAsync(promotionId, cancellationToken) is { } other)
            {
                throw IsOfOtherKind(other);
            }

            throw;
        }
    }

    /// <summary>Rejects the id of a promotion that is known to be of the other kind. Nothing is requested.</summary>
    /// <exception cref="EpPromoException">The promotion is of the other kind.</exception>
    public void ThrowIfKnown(string promotionId)
    {
        if (_section.Directory.Identify(promotionId).Details is null && _section.Other.Directory.Identify(promotionId).Details is { } known)
        {
            throw IsOfOtherKind(known);
        }
    }

    /// <summary>The same for a call without a result.</summary>
    public Task CallAsync(string promotionId, Func<Task> call, CancellationToken cancellationToken) => CallAsync(
        promotionId,
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    /// <summary>The error for a name that no promotion of the section has, if one of the other kind has it; null if none has.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task<EpPromoException?> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        await _section.Other.Directory.TryFindByNameAsync(name, _otherApi.Value, cancellationToken) is { } other ? IsOfOtherKind(other) : null;

    private EpPromoException IsOfOtherKind(Promotion promotion) => new(
        ErrorKind.NotFound, nameof(SR.OtherPromotionKind), promotion.PromotionId, _section.Other.Kind, _section.Kind);

    /// <summary>The promotion of the other kind with an id; null if there is none, or it cannot be read.</summary>
    private async Task<Promotion?> FindAsync(string promotionId, CancellationToken cancellationToken)
    {
        // The promotion exists, so it is something else that does not.
        if (_section.Directory.Identify(promotionId).Details is not null)
        {
            return null;
        }

        using IDisposable locked = await _lock.LockAsync(promotionId, cancellationToken);
        Promotion? known = _section.Other.Directory.Identify(promotionId).Details;
        if (known is not null || _missing.ContainsKey(promotionId))
        {
            return known;
        }

        try
        {
            return await _otherApi.Value.GetPromotionAsync(promotionId, cancellationToken);
        }
        catch (EpPromoException)
        {
            _missing[promotionId] = true;
            return null;
        }
    }
}
