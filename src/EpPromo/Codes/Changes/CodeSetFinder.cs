using EpPromo.Api;

namespace EpPromo.Codes.Changes;

/// <summary>Finds which of many codes a promotion has, in as few requests as possible: one by one, or by reading the whole list.</summary>
internal sealed class CodeSetFinder
{
    private const int FewRequests = 10;

    private readonly ICodeApi _api;
    private readonly string _promotionId;

    /// <summary>A finder in a promotion.</summary>
    public CodeSetFinder(ICodeApi api, string promotionId)
    {
        _api = api;
        _promotionId = promotionId;
    }

    /// <summary>Those of the codes that the list shows, by their texts, ignoring case.</summary>
    /// <exception cref="EpPromoException">The codes cannot be read.</exception>
    public async Task<Dictionary<string, PromotionCode>> FindAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        HashSet<string> wanted = new(texts, CodeComparer.Instance);
        Dictionary<string, PromotionCode> found = new(CodeComparer.Instance);
        CodeWalk walk = await CodeWalk.StartAsync(_api, _promotionId, cancellationToken);
        Page<PromotionCode>? page = await walk.NextAsync(cancellationToken);

        // If the store does not say how long the list is, only few codes are worth a request each.
        int pages = page is { IsLast: false, Items.Count: > 0, Total: { } total } ? total / page.Items.Count : FewRequests;
        if (page?.IsLast == false && wanted.Count < pages && await TryFindEachAsync(wanted, found, cancellationToken))
        {
            return found;
        }

        for (; page is not null; page = await walk.NextAsync(cancellationToken))
        {
            foreach (PromotionCode code in page.Items.Where(code => wanted.Contains(code.Text)))
            {
                found[code.Text] = code;
            }
        }

        return found;
    }

    /// <summary>Looks each code up, in the cases that the store may compare it in.</summary>
    /// <returns>False if the store rejects one of them in a filter.</returns>
    private async Task<bool> TryFindEachAsync(
        IEnumerable<string> wanted, Dictionary<string, PromotionCode> found, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string text in wanted)
            {
                foreach (string variant in CodeFinder.Variants(text))
                {
                    if (await _api.FindCodeAsync(_promotionId, variant, cancellationToken) is { } code)
                    {
                        found[text] = code;
                        break;
                    }
                }
            }

            return true;
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            return false;
        }
    }
}
