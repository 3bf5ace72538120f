using EpPromo.Api;

namespace EpPromo.Promotions;

/// <summary>Finds promotions by name.</summary>
internal sealed class PromotionSearch
{
    private readonly IPromotionApi _api;

    /// <summary>A search through <paramref name="api"/>.</summary>
    public PromotionSearch(IPromotionApi api) => _api = api;

    /// <summary>
    /// Visits the promotions whose names may fit; the caller looks closer. When the store cannot read the filter, all are visited.
    /// </summary>
    /// <param name="nameLike">A name with a star at the start or the end, or null for all promotions.</param>
    /// <param name="visit">Called for each promotion, page by page.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task FindAsync(string? nameLike, Func<Promotion, Task> visit, CancellationToken cancellationToken)
    {
        try
        {
            await WalkAsync(nameLike, visit, cancellationToken);
        }
        catch (EpPromoException e) when (nameLike is not null && e.ErrorId == nameof(SR.BadFilter))
        {
            await WalkAsync(null, visit, cancellationToken);
        }
    }

    private Task WalkAsync(string? nameLike, Func<Promotion, Task> visit, CancellationToken cancellationToken) =>
        Paging.WalkAsync(
            0,
            offset => _api.ListPromotionsAsync(nameLike, offset, cancellationToken),
            promotion => promotion.PromotionId,
            async page =>
            {
                foreach (Promotion promotion in page.Items)
                {
                    await visit(promotion);
                }

                return true;
            });
}
