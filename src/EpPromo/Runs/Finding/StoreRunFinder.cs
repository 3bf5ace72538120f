using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Promotions;
using EpPromo.Stores;

namespace EpPromo.Runs.Finding;

/// <summary>Finds the runs of a whole store. Reads the job lists of its promotions, several at once.</summary>
internal sealed class StoreRunFinder
{
    /// <summary>How many lists are read at once. The store's rate limits them further.</summary>
    public const int MaxConcurrency = 16;

    private readonly StoreApi _api;

    /// <summary>A finder for the store of <paramref name="api"/>.</summary>
    public StoreRunFinder(StoreApi api) => _api = api;

    /// <summary>
    /// Lists the promotions that can have runs: those that need codes. Those that apply automatically need none. The newest ones come first,
    /// because a run that is still of interest is probably on one of them.
    /// </summary>
    /// <exception cref="EpPromoException">The promotions cannot be listed.</exception>
    public async Task<IReadOnlyList<Promotion>> ListPromotionsAsync(CancellationToken cancellationToken)
    {
        List<Promotion> promotions = [];
        await new PromotionFinder(_api.Promotions).FindAsync(
            null,
            promotion =>
            {
                if (!promotion.Automatic)
                {
                    promotions.Add(promotion);
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return [.. promotions.OrderByDescending(promotion => promotion.CreatedAt)];
    }

    /// <summary>Finds the parts of runs on all promotions of the store.</summary>
    /// <param name="isWanted">Whether a run with this name is wanted.</param>
    /// <param name="pages">How many pages of job lists are requested at the same time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">The promotions cannot be listed.</exception>
    public async Task<RunSearch> FindAsync(Func<string, bool> isWanted, PageConcurrency pages, CancellationToken cancellationToken)
    {
        RunFinder finder = new(_api.Jobs, pages);
        ConcurrencyLimit limit = new(MaxConcurrency);
        IReadOnlyList<Promotion> promotions = await ListPromotionsAsync(cancellationToken);
        RunSearch[] found = await Task.WhenAll(promotions.Select(promotion => limit.RunAsync(
            () => FindAsync(finder, promotion.PromotionId, isWanted, cancellationToken), cancellationToken)));
        return new RunSearch([.. found.SelectMany(one => one.Parts)], [.. found.SelectMany(one => one.Unread)]);
    }

    private static async Task<RunSearch> FindAsync(
        RunFinder finder, string promotionId, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        try
        {
            return new RunSearch(await finder.FindAsync(promotionId, isWanted, cancellationToken), []);
        }
        catch (EpPromoException e)
        {
            return new RunSearch([], [(promotionId, e)]);
        }
    }
}
