using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.Stores;

/// <summary>The codes of a store, each with the name of its promotion, as far as it is known, and the store that it came from.</summary>
internal sealed class StampedCodeApi : ICodeApi
{
    private readonly ICodeApi _api;
    private readonly EpStore _store;

    /// <summary>The codes that <paramref name="api"/> returns, as those of <paramref name="store"/>.</summary>
    public StampedCodeApi(ICodeApi api, EpStore store)
    {
        _api = api;
        _store = store;
    }

    /// <inheritdoc/>
    public async Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        (await _api.ListCodesAsync(promotionId, after, offset, cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        await _api.FindCodeAsync(promotionId, code, cancellationToken) is { } found ? Stamp(found) : null;

    /// <inheritdoc/>
    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        _api.DeleteCodesAsync(promotionId, codes, cancellationToken);

    private PromotionCode Stamp(PromotionCode code) =>
        new(code) { PromotionName = _store.Directory.Identify(code.PromotionId).PromotionName, Origin = _store };
}
