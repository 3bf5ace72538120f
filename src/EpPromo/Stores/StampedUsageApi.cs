using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.Stores;

/// <summary>The usages of a store, each with the name of its promotion, as far as it is known, and the store that it came from.</summary>
internal sealed class StampedUsageApi : IUsageApi
{
    private readonly IUsageApi _api;
    private readonly StoreSection _section;
    private readonly OtherKindCheck _check;

    /// <summary>The usages that <paramref name="api"/> returns, as those of <paramref name="section"/>.</summary>
    public StampedUsageApi(IUsageApi api, StoreSection section, OtherKindCheck check)
    {
        _api = api;
        _section = section;
        _check = check;
    }

    /// <inheritdoc/>
    public async Task<Page<PromotionUsage>> ListUsagesAsync(
        string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        (await _check.CallAsync(
            promotionId, () => _api.ListUsagesAsync(promotionId, selection, offset, cancellationToken), cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<Page<PromotionUsage>> ListUsagesOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        (await _check.CallAsync(
            promotionId, () => _api.ListUsagesOfCodeAsync(promotionId, codeId, selection, offset, cancellationToken), cancellationToken))
            .Select(Stamp);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken) =>
        [.. (await _api.AnonymizeAsync(usageIds, cancellationToken)).Select(Stamp)];

    private PromotionUsage Stamp(PromotionUsage usage) => new(usage)
    {
        PromotionName = usage.PromotionId.Length == 0 ? "" : _section.Directory.Identify(usage.PromotionId).PromotionName,
        Origin = _section,
    };
}
