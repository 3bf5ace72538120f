using EpPromo.Api;

namespace EpPromo.Codes;

/// <summary>
/// Reads a promotion's codes page by page, in the order of the store. Each page starts after the last code of the previous one, because an
/// offset cannot exceed 10,000 (api-contract.md section 6). The contract does not say which codes the store accepts in a filter. If it
/// rejects one, the list continues by offset, counted from the last code that it accepted.
/// </summary>
internal sealed class CodeWalk
{
    private readonly ICodeApi _api;
    private readonly string _promotionId;
    private readonly CodeCursor _cursor;
    private Page<PromotionCode>? _first;
    private HashSet<string> _previous = [];
    private bool _hasEnded;

    /// <summary>A walk that begins with a page that has been read.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="after">The code after which the list starts, which the store has accepted in a filter; null for the whole list.</param>
    /// <param name="first">The first page of the walk.</param>
    public CodeWalk(ICodeApi api, string promotionId, string? after, Page<PromotionCode> first)
    {
        _api = api;
        _promotionId = promotionId;
        _cursor = new CodeCursor(after, first.Offset);
        _first = first;
    }

    /// <summary>A walk of all codes.</summary>
    public static async Task<CodeWalk> StartAsync(ICodeApi api, string promotionId, CancellationToken cancellationToken) =>
        new(api, promotionId, null, await api.ListCodesAsync(promotionId, null, 0, cancellationToken));

    /// <summary>The next page; null after the last one.</summary>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task<Page<PromotionCode>?> NextAsync(CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return null;
        }

        Page<PromotionCode> page = _first ?? await FetchAsync(cancellationToken);
        _first = null;

        // A store that ignores filter, sort order or offset returns the same page again: the rest exists but is not shown. A shorter page may
        // be repeated rightly: by offset, the last codes move back if others were created before them meanwhile.
        HashSet<string> codes = new(page.Items.Select(code => code.Text), StringComparer.Ordinal);
        bool isRepeated = codes.Count > 0 && codes.Count >= _previous.Count && codes.IsSubsetOf(_previous);
        if (isRepeated || (page.ReportedOffset is { } reported && reported != page.Offset))
        {
            throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
        }

        foreach (PromotionCode code in page.Items)
        {
            _cursor.Advance(code.Text);
        }

        _previous = codes;
        _hasEnded = page.IsLast;
        return page;
    }

    private async Task<Page<PromotionCode>> FetchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            (string? after, int offset) = _cursor.Position;
            if (offset > Paging.MaxOffset)
            {
                throw new EpPromoException(
                    ErrorKind.LimitExceeded, nameof(SR.CodeListTooLong), _promotionId, Paging.MaxOffset, _cursor.RejectedCode);
            }

            try
            {
                return await _api.ListCodesAsync(_promotionId, after, offset, cancellationToken);
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter) && _cursor.TrySimplify())
            {
                // The next request is relative to a simpler code.
            }
        }
    }
}
