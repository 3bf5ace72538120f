namespace EpPromo.Api;

/// <summary>
/// Detects that the store ignores the requested offset (api-contract.md section 5). The rest of the list then exists but is not shown, so
/// nothing may be concluded from its absence.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
internal sealed class RepeatedPageDetector<T>
{
    /// <summary>
    /// A list that grows at its front by exactly one page shows that page again, once. It would have to do so between any two requests to
    /// look like a store that ignores offsets.
    /// </summary>
    private const int MaxRepeatedPagesInARow = 1;

    private readonly Func<T, string> _id;
    private readonly HashSet<string> _knownIds = new(StringComparer.Ordinal);
    private int _repeatedPagesInARow;
    private int _previousCount;

    /// <param name="id">Returns the id of a record.</param>
    public RepeatedPageDetector(Func<T, string> id) => _id = id;

    /// <summary>Checks the next page of the list.</summary>
    /// <exception cref="EpPromoException">It is not the requested page.</exception>
    public void ThrowIfUnexpected(Page<T> page)
    {
        bool isRepeated = page.Items.Count > 0;
        foreach (T item in page.Items)
        {
            isRepeated &= !_knownIds.Add(_id(item));
        }

        _repeatedPagesInARow = isRepeated ? _repeatedPagesInARow + 1 : 0;

        // If the list has grown meanwhile, its last records can be repeated on a page of their own, which is shorter than the previous one.
        bool isRepeatedEnd = isRepeated && page.IsLast && page.Items.Count >= _previousCount;
        _previousCount = page.Items.Count;
        if ((page.ReportedOffset is { } reported && reported != page.Offset) || isRepeatedEnd || _repeatedPagesInARow > MaxRepeatedPagesInARow)
        {
            throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
        }
    }
}
