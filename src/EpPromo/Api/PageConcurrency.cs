using EpPromo.Concurrency;

namespace EpPromo.Api;

/// <summary>
/// How many pages are requested at the same time, by all lists that share this limit. It also bounds the memory: no list keeps more pages
/// than that which are read but not yet processed.
/// </summary>
internal sealed class PageConcurrency
{
    /// <summary>More hardly make it faster, and would let other requests wait too long for the request limit.</summary>
    private const int Default = 16;

    private readonly ConcurrencyLimit _limit;

    /// <summary>A limit of <paramref name="maxPages"/> pages.</summary>
    public PageConcurrency(int maxPages = Default)
    {
        MaxPages = maxPages;
        _limit = new ConcurrencyLimit(maxPages);
    }

    /// <summary>
    /// Pages are requested one after another: for a search that may end at any page, which must not cost requests for those after it.
    /// </summary>
    public static PageConcurrency One => new(1);

    /// <summary>The maximum number of pages.</summary>
    public int MaxPages { get; }

    /// <summary>Requests a page as soon as the limit allows.</summary>
    public Task<Page<T>> FetchAsync<T>(Func<Task<Page<T>>> fetch, CancellationToken cancellationToken) => _limit.RunAsync(fetch, cancellationToken);
}
