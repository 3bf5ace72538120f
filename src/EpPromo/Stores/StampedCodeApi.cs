using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.Stores;

/// <summary>The codes of a store, each with the name of its promotion, as far as it is known, and the store that it came from.</summary>
internal sealed class StampedCodeApi : ICodeApi
{
    private readonly ICodeApi _api;
    private readonly StoreSection _section;
    private readonly OtherKindCheck _check;

    /// <summary>The codes that <paramref name="api"/> returns, as those of <paramref name="section"/>.</summary>
    public StampedCodeApi(ICodeApi api, StoreSection section, OtherKindCheck check)
    {
        _api = api;
        _section = section;
        _check = check;
    }

    /// <inheritdoc/>
    public async Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        (await _check.CallAsync(
            promotionId, () => _api.ListCodesAsync(promotionId, after, offset, cancellationToken), cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        await _check.CallAsync(promotionId, () => _api.FindCodeAsync(promotionId, code, cancellationToken), cancellationToken) is { } found
            ? Stamp(found)
            : null;

    /// <inheritdoc/>
    public async Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken)
    {
        AddedCodes added = await _check.CallAsync(
            promotionId, () => _api.AddCodesAsync(promotionId, codes, cancellationToken), cancellationToken);
        return added with { Codes = [.. added.Codes.Select(Stamp)] };
    }

    /// <inheritdoc/>
    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        _check.CallAsync(promotionId, () => _api.DeleteCodesAsync(promotionId, codes, cancellationToken), cancellationToken);

    private PromotionCode Stamp(PromotionCode code) =>
        new(new ListedCode(code) { PromotionName = _section.Directory.Identify(code.PromotionId).PromotionName, Origin = _section });
}
