namespace EpPromo.Api;

/// <summary>
/// Detects that the store ignores the requested offset (api-contract.md section 5). The rest of the list then exists but is not shown, so
/// nothing may be concluded from its absence.
/// <para>
/// A page that shows records again is not enough: if records are added before it meanwhile, the earlier ones move to later pages. So the
/// first page is requested once more. In a list that respects offsets, it cannot begin with the same record: the records of the earlier
/// pages still precede it, however many were added (docs/guarantees.md, Assumptions: the order does not change).
/// </para>
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
internal sealed class RepeatedPageDetector<T>
{
    private readonly Func<int, Task<Page<T>>> _fetch;
    private readonly Func<T, string> _id;
    private readonly HashSet<string> _knownIds = new(StringComparer.Ordinal);

    /// <param name="fetch">Requests the page at an offset.</param>
    /// <param name="id">Returns the id of a record.</param>
    public RepeatedPageDetector(Func<int, Task<Page<T>>> fetch, Func<T, string> id)
    {
        _fetch = fetch;
        _id = id;
    }

    /// <summary>Checks the next page of the list.</summary>
    /// <exception cref="EpPromoException">It is not the requested page, or the first page cannot be read.</exception>
    public async Task ThrowIfUnexpectedAsync(Page<T> page)
    {
        string[] ids = [.. page.Items.Select(_id)];
        bool isUnexpected = page.ReportedOffset is { } reported && reported != page.Offset;
        if (isUnexpected || (page.Offset > 0 && ids.Any(_knownIds.Contains) && await IsFirstPageAsync(ids[0])))
        {
            throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
        }

        _knownIds.UnionWith(ids);
    }

    private async Task<bool> IsFirstPageAsync(string firstId)
    {
        Page<T> first = await _fetch(0);
        return first.Items.Count > 0 && _id(first.Items[0]) == firstId;
    }
}
