namespace EpPromo.Api;

/// <summary>Reads a list page by page, by offset.</summary>
internal static class Paging
{
    /// <summary>The maximum offset that the API accepts (api-contract.md section 3).</summary>
    public const int MaxOffset = 10_000;

    /// <summary>
    /// Calls <paramref name="process"/> for each page until the last one, or until it returns false. Pages shift while a list grows, so a
    /// record can be on two of them: <paramref name="process"/> must recognize it by its id.
    /// </summary>
    /// <param name="start">The offset of the first page.</param>
    /// <param name="fetch">Requests the page at an offset.</param>
    /// <param name="id">Returns the id of a record.</param>
    /// <param name="process">Processes a page and returns whether to continue.</param>
    /// <exception cref="EpPromoException">The store returns other pages than requested, or the list is too long.</exception>
    public static Task ForEachPageAsync<T>(int start, Func<int, Task<Page<T>>> fetch, Func<T, string> id, Func<Page<T>, bool> process) =>
        ForEachPageAsync(start, fetch, id, page => Task.FromResult(process(page)));

    /// <summary>The same with asynchronous processing. The next page is requested after it.</summary>
    public static async Task ForEachPageAsync<T>(
        int start, Func<int, Task<Page<T>>> fetch, Func<T, string> id, Func<Page<T>, Task<bool>> process)
    {
        RepeatedPageDetector<T> detector = new(fetch, id);
        for (int offset = start; offset <= MaxOffset;)
        {
            Page<T> page = await fetch(offset);
            await detector.ThrowIfUnexpectedAsync(page);
            if (!await process(page) || page.IsLast)
            {
                return;
            }

            offset += page.Items.Count;
        }

        throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.ListTooLong), MaxOffset);
    }
}
