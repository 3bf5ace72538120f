using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Promotions;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Collects the promotions with the latest jobs.</summary>
/// <param name="capacity">How many promotions are shown.</param>
internal sealed class PromotionRowCollector(int capacity)
{
    private readonly Latest<PromotionState> _latest = new(capacity);

    public void Add(PromotionState promotion) => _latest.Add(promotion, LastJob(promotion)?.CreatedAt ?? DateTimeOffset.MinValue);

    /// <summary>The promotions by name: in the order of their jobs, they would change places all the time.</summary>
    public PromotionRows ToRows(DateTimeOffset now) => new(
        _latest.Added,
        [
            .. _latest.NewestFirst()
                .OrderBy(promotion => promotion.Resource.Name, StringComparer.InvariantCultureIgnoreCase)
                .ThenBy(promotion => promotion.Id, StringComparer.Ordinal)
                .Select(promotion => ToRow(promotion, now)),
        ]);

    private static PromotionRow ToRow(PromotionState promotion, DateTimeOffset now) => new(
        promotion.Id,
        ShortText.Of(promotion.Resource.Name),
        promotion.Resource.IsStandard,
        promotion.Resource.Enabled,
        promotion.Resource.Automatic,
        promotion.Codes.Count,
        promotion.CodesLimit,
        promotion.UsedCodes,
        promotion.TotalUses,
        promotion.Jobs.Count,
        LastJob(promotion) is { } last ? JobRow.Of(last, now) : null);

    private static JobState? LastJob(PromotionState promotion) => promotion.Jobs is [.., JobState last] ? last : null;
}
