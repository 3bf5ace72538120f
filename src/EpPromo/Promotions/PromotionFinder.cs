using EpPromo.Api;

namespace EpPromo.Promotions;

/// <summary>Finds promotions by name or by code.</summary>
internal sealed class PromotionFinder
{
    private readonly IPromotionApi _api;
    private readonly PageConcurrency _pages;

    /// <summary>A finder that reads up to 16 pages side by side, a number that no other list shares: a store has at most ten.</summary>
    public PromotionFinder(IPromotionApi api)
        : this(api, new PageConcurrency())
    {
    }

    /// <summary>A finder that reads as many pages side by side as <paramref name="pages"/> allows.</summary>
    public PromotionFinder(IPromotionApi api, PageConcurrency pages)
    {
        _api = api;
        _pages = pages;
    }

    /// <summary>
    /// Finds the promotions whose names may match; the caller checks each. If the store rejects the filter, these are all promotions.
    /// </summary>
    /// <param name="nameLike">A name with <c>*</c> at the start or the end, or null for all promotions.</param>
    /// <param name="process">Called for each promotion, page by page.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task FindAsync(string? nameLike, Func<Promotion, Task> process, CancellationToken cancellationToken)
    {
        try
        {
            await ListNamedAsync(nameLike, process, cancellationToken);
        }
        catch (EpPromoException e) when (nameLike is not null && e.ErrorId == nameof(SR.BadFilter))
        {
            await ListNamedAsync(null, process, cancellationToken);
        }
    }

    /// <summary>Finds the promotions that may have a code; the caller checks each. If the store rejects the filter, these are all promotions.</summary>
    /// <param name="code">The code.</param>
    /// <param name="process">Called for each promotion, page by page.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async Task FindWithCodeAsync(string code, Func<Promotion, Task> process, CancellationToken cancellationToken)
    {
        try
        {
            await ListAsync((offset, stop) => _api.ListPromotionsWithCodeAsync(code, offset, stop), process, cancellationToken);
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            await ListNamedAsync(null, process, cancellationToken);
        }
    }

    private Task ListNamedAsync(string? nameLike, Func<Promotion, Task> process, CancellationToken cancellationToken) =>
        ListAsync((offset, stop) => _api.ListPromotionsAsync(nameLike, offset, stop), process, cancellationToken);

    private Task ListAsync(
        Func<int, CancellationToken, Task<Page<Promotion>>> list, Func<Promotion, Task> process, CancellationToken cancellationToken) =>
        Paging.ForEachPageAsync(
            0,
            list,
            promotion => promotion.PromotionId,
            async page =>
            {
                foreach (Promotion promotion in page.Items)
                {
                    await process(promotion);
                }

                return true;
            },
            _pages,
            cancellationToken);
}
