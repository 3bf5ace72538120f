namespace EpPromo;

/// <summary>Walks a list page by page, by offset.</summary>
internal static class Paging
{
    /// <summary>The largest offset that the API takes (api-contract.md section 3).</summary>
    public const int MaxOffset = 10_000;

    /// <summary>
    /// From offset <paramref name="start"/> on, hands each page to <paramref name="visit"/> until the last page, or until it returns false. Pages shift while a list grows,
    /// so a record can come twice: visitors tell them apart by id.
    /// </summary>
    public static Task WalkAsync<T>(int start, Func<int, Task<Page<T>>> fetch, Func<Page<T>, bool> visit) =>
        WalkAsync(start, fetch, page => Task.FromResult(visit(page)));

    /// <summary>The same with a visitor that takes its time: the next page is asked for when it is done with the one before.</summary>
    public static async Task WalkAsync<T>(int start, Func<int, Task<Page<T>>> fetch, Func<Page<T>, Task<bool>> visit)
    {
        IReadOnlyList<T> before = [];
        for (int offset = start; offset <= MaxOffset;)
        {
            Page<T> page = await fetch(offset);
            if (IsRepeated(page, before) || !await visit(page) || page.IsLast)
            {
                return;
            }

            before = page.Items;
            offset += page.Items.Count;
        }

        throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.ListTooLong), MaxOffset);
    }

    /// <summary>
    /// Whether a store that tells neither total nor limit knows no pages at all: it gives the whole list again, whatever the offset
    /// (api-contract.md section 5: an older reference has no meta).
    /// </summary>
    private static bool IsRepeated<T>(Page<T> page, IReadOnlyList<T> before) =>
        page.Total is null && page.Limit is null && before.Count > 0 && page.Items.SequenceEqual(before);
}
