namespace EpPromo.Api;

/// <summary>
/// Reads a list page by page, by offset, and requests pages ahead of the one that is processed. They may be returned in any order, and the
/// list may grow or shrink meanwhile, so that records can be missing between two pages. The totals show it: a page with a smaller total than
/// the page before it was returned earlier, or records were removed, and it is requested again. In a list without totals, only new records at
/// its start can do harm, so its first page is read once more at the end, and if it has changed, the list is read again, page after page.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
internal sealed class PageWalk<T>
{
    private readonly int _start;
    private readonly Func<int, CancellationToken, Task<Page<T>>> _fetch;
    private readonly Func<T, string> _id;
    private readonly PageConcurrency _concurrency;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The pages that are requested but not processed, in the order of the list.</summary>
    private readonly Queue<(int Offset, Task<Page<T>> Page)> _requested = new();
    private RepeatedPageDetector<T> _detector;
    private CancellationTokenSource _stop;

    /// <summary>The offset of the next page to request, and how far it is from there to the one after it: the length of the last page.</summary>
    private int _next;
    private int _pageLength;

    /// <summary>How many pages may be requested but not processed: at most, and now.</summary>
    private int _maxPages;
    private int _pagesAhead = 1;

    private Page<T>? _first;
    private Page<T>? _previous;
    private bool _hasTotals = true;

    /// <summary>A walk; nothing is requested yet.</summary>
    /// <param name="start">The offset of the first page.</param>
    /// <param name="fetch">Requests the page at an offset.</param>
    /// <param name="id">Returns the id of a record.</param>
    /// <param name="concurrency">How many pages are requested at the same time.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public PageWalk(
        int start,
        Func<int, CancellationToken, Task<Page<T>>> fetch,
        Func<T, string> id,
        PageConcurrency concurrency,
        CancellationToken cancellationToken)
    {
        _next = _start = start;
        _fetch = fetch;
        _id = id;
        _concurrency = concurrency;
        _maxPages = concurrency.MaxPages;
        _cancellationToken = cancellationToken;
        _detector = NewDetector();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The next page; null after the last one.</summary>
    /// <exception cref="EpPromoException">The store returns other pages than requested, or the list is too long.</exception>
    public async Task<Page<T>?> NextAsync()
    {
        if (_previous is { IsLast: true } && !await RestartIfChangedAsync())
        {
            return null;
        }

        RequestPages();
        if (_requested.Count == 0)
        {
            throw new EpPromoException(ErrorKind.LimitExceeded, nameof(SR.ListTooLong), Paging.MaxOffset);
        }

        (int offset, Task<Page<T>> requested) = _requested.Dequeue();
        Page<T> page = await requested;
        if (_maxPages > 1 && page.Total < _previous?.Total)
        {
            page = await RereadAsync(offset, _previous.Total.Value);
        }

        await _detector.ThrowIfUnexpectedAsync(page);
        await PlanAsync(offset, page);
        _hasTotals &= page.Total is not null;
        _first ??= page;
        _previous = page;
        return page;
    }

    /// <summary>Cancels what is requested, and waits until that has ended.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        Task ended = Task.WhenAll(_requested.Select(requested => requested.Page));
        await Task.WhenAny(ended);

        // Nobody needs these pages, so why one of them cannot be read does not matter.
        _ = ended.Exception;
        _requested.Clear();
        _stop.Dispose();
    }

    /// <summary>Cancels what is requested; other pages are requested instead.</summary>
    private async Task DiscardRequestedAsync()
    {
        await StopAsync();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
    }

    private void RequestPages()
    {
        while (_requested.Count < _pagesAhead && _next <= Paging.MaxOffset && (_requested.Count == 0 || _next < (_previous?.Total ?? int.MaxValue)))
        {
            _requested.Enqueue((_next, FetchAsync(_next, _stop.Token)));
            _next += _pageLength;
        }
    }

    /// <summary>
    /// Plans what to request after a page that was requested at <paramref name="offset"/>. What is requested already is kept if it continues
    /// the page. The number of pages ahead grows by one with each page that was needed: what a total promises may not be there (api-contract.md
    /// section 5).
    /// </summary>
    private async Task PlanAsync(int offset, Page<T> page)
    {
        int next = page.Offset + page.Items.Count;
        if (next == offset + _pageLength)
        {
            _pagesAhead = Math.Min(_maxPages, _pagesAhead + 1);
            return;
        }

        if (_requested.Count > 0)
        {
            await DiscardRequestedAsync();
        }

        // Without a total, the second page may be the end.
        _pagesAhead = page.Total is null ? 1 : Math.Min(_maxPages, 2);
        _next = next;
        _pageLength = page.Items.Count;
    }

    /// <summary>
    /// Requests a page again whose total is smaller than <paramref name="total"/>, that of the page before it. While it still is, records were
    /// removed, and those behind them have moved by as many.
    /// </summary>
    private async Task<Page<T>> RereadAsync(int offset, int total)
    {
        Page<T> page = await FetchAsync(offset, _cancellationToken);
        while (offset > 0 && page.Total < total)
        {
            (offset, total) = (Math.Max(0, offset - total + page.Total.Value), page.Total.Value);
            page = await FetchAsync(offset, _cancellationToken);
        }

        return page;
    }

    /// <summary>Whether new records at the start of a list without totals may have hidden others. Then it is read again, page after page.</summary>
    private async Task<bool> RestartIfChangedAsync()
    {
        bool isChecked = _hasTotals || _maxPages == 1 || _previous == _first;
        if (isChecked || IsSameStart(await FetchAsync(_start, _cancellationToken)))
        {
            return false;
        }

        await DiscardRequestedAsync();
        _detector = NewDetector();
        (_next, _pageLength, _pagesAhead, _maxPages, _previous) = (_start, 0, 1, 1, null);
        return true;
    }

    private bool IsSameStart(Page<T> page) => page.Items.Count > 0 && _id(page.Items[0]) == _id(_first!.Items[0]);

    private RepeatedPageDetector<T> NewDetector() => new(offset => FetchAsync(offset, _cancellationToken), _id);

    private Task<Page<T>> FetchAsync(int offset, CancellationToken cancellationToken) =>
        _concurrency.FetchAsync(() => _fetch(offset, cancellationToken), cancellationToken);
}
