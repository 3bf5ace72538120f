namespace EpPromo.Api;

/// <summary>Walks a list page by page, by offset.</summary>
internal static class Paging
{
    /// <summary>The largest offset that the API takes (api-contract.md section 3).</summary>
    public const int MaxOffset = 10_000;

    /// <summary>
    /// From offset <paramref name="start"/> on, hands each page to <paramref name="visit"/> until the last page, or until it returns false. Pages shift while a list grows,
    /// so a record can come twice: visitors tell them apart by id.
    /// </summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="fetch">Asks for the page at an offset.</param>
    /// <param name="id">What a record is known by.</param>
    /// <param name="visit">Is shown each page, and says whether the walk goes on.</param>
    /// <exception cref="EpPromoException">The store gives other pages than those asked for, or the list is too long.</exception>
    public static Task WalkAsync<T>(int start, Func<int, Task<Page<T>>> fetch, Func<T, string> id, Func<Page<T>, bool> visit) =>
        WalkAsync(start, fetch, id, page => Task.FromResult(visit(page)));

    /// <summary>The same with a visitor that takes its time: the next page is asked for when it is done with the one before.</summary>
    public static async Task WalkAsync<T>(
        int start, Func<int, Task<Page<T>>> fetch, Func<T, string> id, Func<Page<T>, Task<bool>> visit)
    {
        RepeatedPageDetector<T> repeated = new(id);
        for (int offset = start; offset <= MaxOffset;)
        {
            Page<T> page = await fetch(offset);
            repeated.ThrowIfNotAskedFor(page);
            if (!await visit(page) || page.IsLast)
            {
                return;
            }

            offset += page.Items.Count;
        }

        throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.ListTooLong), MaxOffset);
    }
}
