using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// Lists a promotion's codes in the order of the store. Each page starts after the last code of the previous one, because an offset cannot
/// exceed 10,000 (api-contract.md section 6). The contract does not say which codes the store accepts in a filter. If it rejects one, the
/// list continues by offset, counted from the last code that it accepted.
/// </summary>
internal sealed class CodeLister
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;

    /// <summary>A lister of the codes of a promotion.</summary>
    public CodeLister(ICodeApi api, string promotionId)
    {
        _api = api;
        _promotionId = promotionId;
    }

    /// <summary>Lists the codes that sort after <paramref name="start"/>.</summary>
    /// <param name="start">Any text.</param>
    /// <param name="process">Processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>False, without any code, if the store rejects <paramref name="start"/> in a filter.</returns>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task<bool> TryListAfterAsync(string start, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        Page<PromotionCode> first;
        try
        {
            first = await _api.ListCodesAsync(_promotionId, start, 0, cancellationToken);
        }
        catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
        {
            return false;
        }

        await ListAsync(first, new CodeCursor(start), process, cancellationToken);
        return true;
    }

    /// <summary>Lists all codes.</summary>
    /// <param name="process">Processes a code and returns whether to continue.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task ListAllAsync(Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken) => await ListAsync(
        await _api.ListCodesAsync(_promotionId, null, 0, cancellationToken), new CodeCursor(null), process, cancellationToken);

    private async Task ListAsync(
        Page<PromotionCode> page, CodeCursor cursor, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        HashSet<string> previous = [];
        while (true)
        {
            // A store that ignores filter, sort order or offset returns the same page again: the rest exists but is not shown. A shorter page
            // may be repeated rightly: by offset, the last codes move back if others were created before them meanwhile.
            HashSet<string> codes = new(page.Items.Select(code => code.Text), StringComparer.Ordinal);
            bool isRepeated = codes.Count > 0 && codes.Count >= previous.Count && codes.IsSubsetOf(previous);
            if (isRepeated || (page.ReportedOffset is { } reported && reported != page.Offset))
            {
                throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
            }

            foreach (PromotionCode code in page.Items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                cursor.Advance(code.Text);
                if (!await process(code))
                {
                    return;
                }
            }

            if (page.IsLast)
            {
                return;
            }

            previous = codes;
            page = await FetchAsync(cursor, cancellationToken);
        }
    }

    private async Task<Page<PromotionCode>> FetchAsync(CodeCursor cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            (string? after, int offset) = cursor.Position;
            if (offset > Paging.MaxOffset)
            {
                throw new EpPromoException(
                    ErrorKind.LimitExceeded, nameof(SR.CodeListTooLong), _promotionId, Paging.MaxOffset, cursor.RejectedCode);
            }

            try
            {
                return await _api.ListCodesAsync(_promotionId, after, offset, cancellationToken);
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter) && cursor.TrySimplify())
            {
                // The next request is relative to a simpler code.
            }
        }
    }
}
