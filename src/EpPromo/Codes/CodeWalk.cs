using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// Walks a promotion's codes in the order of the store, each page beginning behind the last code of the one before: past 10,000 an offset
/// does not reach (api-contract.md section 6). Whether the list of codes reads every value in a filter is not published; where it refuses one, the
/// walk goes on by offset, counted from the last code that it did take.
/// </summary>
internal sealed class CodeWalk
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;

    /// <summary>A walk over the codes of a promotion.</summary>
    public CodeWalk(ICodeApi api, string promotionId)
    {
        _api = api;
        _promotionId = promotionId;
    }

    /// <summary>Shows the codes that sort after <paramref name="start"/> to <paramref name="goOn"/>, until it returns false.</summary>
    /// <returns>Whether that was possible; false, and nothing shown, where the store takes <paramref name="start"/> in no filter.</returns>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to their end.</exception>
    public async Task<bool> TryFromAsync(string start, Func<PromotionCode, Task<bool>> goOn, CancellationToken cancellationToken)
    {
        CodePlaces places = new(start);
        Page<PromotionCode> first;
        try
        {
            first = await _api.ListCodesAsync(_promotionId, start, 0, cancellationToken);
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            return false;
        }

        await GoOnAsync(first, places, goOn, cancellationToken);
        return true;
    }

    /// <summary>Shows all codes to <paramref name="goOn"/>, until it returns false.</summary>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to their end.</exception>
    public async Task AllAsync(Func<PromotionCode, Task<bool>> goOn, CancellationToken cancellationToken) => await GoOnAsync(
        await _api.ListCodesAsync(_promotionId, null, 0, cancellationToken), new CodePlaces(null), goOn, cancellationToken);

    private async Task GoOnAsync(
        Page<PromotionCode> page, CodePlaces places, Func<PromotionCode, Task<bool>> goOn, CancellationToken cancellationToken)
    {
        HashSet<string> before = [];
        while (true)
        {
            // A store that pays no attention to filter, sort or offset gives the same page again: the rest is not missing, only not shown.
            // A shorter one may come again by right: by offset, the last codes do when others were made before them meanwhile.
            HashSet<string> codes = new(page.Items.Select(code => code.Text), StringComparer.Ordinal);
            bool isRepeated = codes.Count > 0 && codes.Count >= before.Count && codes.IsSubsetOf(before);
            if (isRepeated || (page.ToldOffset is { } told && told != page.Offset))
            {
                throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
            }

            foreach (PromotionCode code in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                places.Pass(code.Text);
                if (!await goOn(code))
                {
                    return;
                }
            }

            if (page.IsLast)
            {
                return;
            }

            before = codes;
            page = await NextAsync(places, cancellationToken);
        }
    }

    private async Task<Page<PromotionCode>> NextAsync(CodePlaces places, CancellationToken cancellationToken)
    {
        while (true)
        {
            (string? after, int offset) = places.Here;
            if (offset > Paging.MaxOffset)
            {
                throw new EpPromoException(
                    ErrorKind.LimitExceeded, nameof(SR.CodeListTooLong), _promotionId, Paging.MaxOffset, places.Refused);
            }

            try
            {
                return await _api.ListCodesAsync(_promotionId, after, offset, cancellationToken);
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter) && places.Refuse())
            {
                // From the last code of a plainer sort, then.
            }
        }
    }
}
