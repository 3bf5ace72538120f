namespace EpPromo.Api;

/// <summary>
/// Reads a list page by page, by offset, and requests pages ahead of the one that is processed. They may be returned in any order, and the
/// list may grow or shrink meanwhile, so offsets alone do not show that nothing is missing between two pages. Therefore each page that is
/// requested ahead begins with the last record of the page before it. If it has no known record, it is requested again.
/// </summary>
/// <typeparam name="T">The type of the records.</typeparam>
internal sealed class PageWalk<T>
{
    private readonly Func<int, CancellationToken, Task<Page<T>>> _fetch;
    private readonly Func<T, string> _id;
    private readonly PageConcurrency _concurrency;
    private readonly CancellationToken _cancellationToken;
    private readonly RepeatedPageDetector<T> _detector;

    /// <summary>The pages that are requested but not processed, in the order of the list.</summary>
    private readonly Queue<(int Offset, Task<Page<T>> Page)> _requested = new();
    private CancellationTokenSource _stop;

    /// <summary>The offset of the next page to request, and how far it is from there to the one after it.</summary>
    private int _next;
    private int _step;

    /// <summary>
    /// Whether pages are requested ahead, and how many. The number grows by one with each page that was needed: what a total promises may not
    /// be there (api-contract.md section 5).
    /// </summary>
    private bool _readsAhead;
    private int _pagesAhead = 1;

    private Page<T>? _previous;
    private bool _isLast;

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
        _next = start;
        _fetch = fetch;
        _id = id;
        _concurrency = concurrency;
        _cancellationToken = cancellationToken;
        _detector = new RepeatedPageDetector<T>(offset => FetchAsync(offset, cancellationToken), id);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>The next page; null after the last one.</summary>
    /// <exception cref="EpPromoException">The store returns other pages than requested, or the list is too long.</exception>
    public async Task<Page<T>?> NextAsync()
    {
        if (_isLast)
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
        if (_readsAhead && !_detector.KnowsAny(page))
        {
            page = await RereadAsync(offset);
        }

        bool overlaps = _readsAhead && page.Items.Count > 0 && _id(page.Items[0]) == _id(_previous!.Items[_previous.Items.Count - 1]);
        await _detector.ThrowIfUnexpectedAsync(page, overlaps ? 1 : 0);
        _isLast = page.IsLast || (overlaps && page.Items.Count == 1);
        _previous = page;
        await PlanAsync(offset, page);
        return overlaps ? page.WithoutFirst() : page;
    }

    /// <summary>Cancels what is requested, and waits until that has ended.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        await Task.WhenAny(Task.WhenAll(_requested.Select(requested => requested.Page)));
        _requested.Clear();
        _stop.Dispose();
    }

    private void RequestPages()
    {
        // A page at the last record of the list would only repeat it.
        bool IsNeeded() => _requested.Count == 0 || _previous?.Total is not { } total || _next + 1 < total;
        while (_requested.Count < _pagesAhead && _next <= Paging.MaxOffset && IsNeeded())
        {
            _requested.Enqueue((_next, FetchAsync(_next, _stop.Token)));
            _next += _step;
        }
    }

    /// <summary>
    /// Plans what to request after a page that was requested at <paramref name="offset"/>. What is requested already is kept if it continues
    /// the page.
    /// </summary>
    private async Task PlanAsync(int offset, Page<T> page)
    {
        // With pages of a single record, an overlap would be the whole page.
        _readsAhead = _concurrency.MaxPages > 1 && page.Items.Count > 1;
        int overlap = _readsAhead ? 1 : 0;
        int next = page.Offset + page.Items.Count - overlap;
        if (next > Paging.MaxOffset && page.Offset < Paging.MaxOffset)
        {
            // The last page that can be requested overlaps more.
            next = Paging.MaxOffset;
        }

        if (_readsAhead && next == offset + _step)
        {
            _pagesAhead = Math.Min(_concurrency.MaxPages, _pagesAhead + 1);
            return;
        }

        if (_requested.Count > 0)
        {
            // The page has another length than expected. If the next ones have, too, little is requested in vain.
            await StopAsync();
            _stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        }

        _pagesAhead = _readsAhead && page.Total is not null ? 2 : 1;
        _next = next;
        _step = page.Items.Count - overlap;
    }

    /// <summary>
    /// Requests a page again that has no known record. Either it was returned before the one that precedes it, and records were added between
    /// the two. Or records were removed, and the others have moved to the page before.
    /// </summary>
    private async Task<Page<T>> RereadAsync(int offset)
    {
        Page<T> page = await FetchAsync(offset, _cancellationToken);
        return _detector.KnowsAny(page) ? page : await FetchAsync(Math.Max(0, offset - _step), _cancellationToken);
    }

    private Task<Page<T>> FetchAsync(int offset, CancellationToken cancellationToken) =>
        _concurrency.FetchAsync(() => _fetch(offset, cancellationToken), cancellationToken);
}
