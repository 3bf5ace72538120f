namespace EpPromo.Api;

/// <summary>
/// Notices in a walk by offset that the store does not heed what it is asked for (api-contract.md section 5): then the rest of the list is
/// not missing, it is only not shown, and nothing may be concluded from that.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class RepeatedPageDetector<T>
{
    /// <summary>
    /// A list that grows at its front by just one page shows that page again, once. It would have to do so between any two requests to
    /// look like a store that knows no pages.
    /// </summary>
    private const int MostInARow = 1;

    private readonly Func<T, string> _id;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _inARow;
    private int _before;

    /// <param name="id">What a record is known by.</param>
    public RepeatedPageDetector(Func<T, string> id) => _id = id;

    /// <summary>Takes in the next page of the walk.</summary>
    /// <exception cref="EpPromoException">It is not the page that was asked for.</exception>
    public void ThrowIfNotAskedFor(Page<T> page)
    {
        bool isRepeated = page.Items.Count > 0;
        foreach (T item in page.Items)
        {
            isRepeated &= !_known.Add(_id(item));
        }

        _inARow = isRepeated ? _inARow + 1 : 0;

        // The last records of a list that has grown meanwhile come again on a page of their own, which is shorter than the one before.
        bool isNoEnd = isRepeated && page.IsLast && page.Items.Count >= _before;
        _before = page.Items.Count;
        if ((page.ToldOffset is { } told && told != page.Offset) || isNoEnd || _inARow > MostInARow)
        {
            throw new EpPromoException(ErrorKind.InvalidResponse, nameof(SR.PagingIgnored), page.Offset);
        }
    }
}
