using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>The promotions of a store, each with the store that it came from. The directory keeps what it returns.</summary>
internal sealed class StampedPromotionApi : IPromotionApi
{
    private readonly IPromotionApi _api;
    private readonly EpStore _store;

    /// <summary>The promotions that <paramref name="api"/> returns, as those of <paramref name="store"/>.</summary>
    public StampedPromotionApi(IPromotionApi api, EpStore store)
    {
        _api = api;
        _store = store;
    }

    /// <inheritdoc/>
    public async Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        (await _api.ListPromotionsAsync(nameLike, offset, cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        Stamp(await _api.GetPromotionAsync(promotionId, cancellationToken));

    private Promotion Stamp(Promotion promotion)
    {
        Promotion stamped = new(promotion) { Origin = _store };
        _store.Directory.Keep(stamped);
        return stamped;
    }
}
