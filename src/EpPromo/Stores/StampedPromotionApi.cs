using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>The promotions of a store, each with the store that it came from. The directory keeps what it returns.</summary>
internal sealed class StampedPromotionApi : IPromotionApi
{
    private readonly IPromotionApi _api;
    private readonly StoreSection _section;
    private readonly OtherKindCheck? _check;

    /// <summary>The promotions that <paramref name="api"/> returns, as those of <paramref name="section"/>.</summary>
    /// <param name="api">The API.</param>
    /// <param name="section">Where the promotions are.</param>
    /// <param name="check">Explains that a promotion is of the other kind; null if that does not matter.</param>
    public StampedPromotionApi(IPromotionApi api, StoreSection section, OtherKindCheck? check)
    {
        _api = api;
        _section = section;
        _check = check;
    }

    /// <inheritdoc/>
    public async Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        (await _api.ListPromotionsAsync(nameLike, offset, cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        Stamp(await CheckedAsync(promotionId, () => _api.GetPromotionAsync(promotionId, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public async Task<Page<Promotion>> ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken) =>
        (await _api.ListPromotionsWithCodeAsync(code, offset, cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<Promotion> CreatePromotionAsync(PromotionFields fields, CancellationToken cancellationToken) =>
        Stamp(await _api.CreatePromotionAsync(fields, cancellationToken));

    /// <inheritdoc/>
    public async Task<Promotion> UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken) =>
        Stamp(await CheckedAsync(promotionId, () => _api.UpdatePromotionAsync(promotionId, fields, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public Task DeletePromotionAsync(string promotionId, CancellationToken cancellationToken) => CheckedAsync(
        promotionId,
        async () =>
        {
            await _api.DeletePromotionAsync(promotionId, cancellationToken);
            return true;
        },
        cancellationToken);

    private Task<T> CheckedAsync<T>(string promotionId, Func<Task<T>> call, CancellationToken cancellationToken) =>
        _check is null ? call() : _check.CallAsync(promotionId, call, cancellationToken);

    private Promotion Stamp(Promotion promotion)
    {
        Promotion stamped = new(promotion) { Origin = _section };
        _section.Directory.Keep(stamped);
        return stamped;
    }
}
