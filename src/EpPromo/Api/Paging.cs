namespace EpPromo.Api;

/// <summary>Reads a list page by page, by offset.</summary>
internal static class Paging
{
    /// <summary>The maximum offset that the API accepts (api-contract.md section 3).</summary>
    public const int MaxOffset = 10_000;

    /// <summary>
    /// Calls <paramref name="process"/> for each page, in the order of the list, until the last one or until it returns false. Pages shift
    /// while a list grows, so a record can be on two of them: <paramref name="process"/> must recognize it by its id.
    /// </summary>
    /// <param name="start">The offset of the first page.</param>
    /// <param name="fetch">Requests the page at an offset.</param>
    /// <param name="id">Returns the id of a record.</param>
    /// <param name="process">Processes a page and returns whether to continue.</param>
    /// <param name="concurrency">How many pages are requested at the same time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">The store returns other pages than requested, or the list is too long.</exception>
    public static async Task ForEachPageAsync<T>(
        int start,
        Func<int, CancellationToken, Task<Page<T>>> fetch,
        Func<T, string> id,
        Func<Page<T>, Task<bool>> process,
        PageConcurrency concurrency,
        CancellationToken cancellationToken)
    {
        PageWalk<T> walk = new(start, fetch, id, concurrency, cancellationToken);
        try
        {
            while (await walk.NextAsync() is { } page && await process(page))
            {
            }
        }
        finally
        {
            await walk.StopAsync();
        }
    }
}
