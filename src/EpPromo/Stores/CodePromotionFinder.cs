using EpPromo.Codes;
using EpPromo.Promotions;

namespace EpPromo.Stores;

/// <summary>Finds the promotions that have a code.</summary>
internal sealed class CodePromotionFinder
{
    private readonly StoreApi _api;

    /// <summary>A finder that uses <paramref name="api"/>.</summary>
    public CodePromotionFinder(StoreApi api) => _api = api;

    /// <summary>
    /// Finds the promotions. What the store's filter returns is checked, and whether the filter ignores case is not documented, so the code is
    /// also tried in capital letters and in small ones.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="process">Called for each promotion.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="EpPromoException">The promotions or the codes cannot be read.</exception>
    public async Task FindAsync(string code, Func<Promotion, Task> process, CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string variant in CodeFinder.Variants(code))
        {
            await new PromotionFinder(_api.Promotions).FindWithCodeAsync(
                variant,
                async promotion =>
                {
                    if (seen.Add(promotion.PromotionId)
                        && !promotion.Automatic
                        && await new CodeFinder(_api.Codes, promotion.PromotionId).FindAsync(code, cancellationToken) is not null)
                    {
                        await process(promotion);
                    }
                },
                cancellationToken);
        }
    }
}
