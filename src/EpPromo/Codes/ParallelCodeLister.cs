using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Codes;

/// <summary>
/// Lists all codes of a promotion in the order of the store. If the store responds so slowly that one request after another does not use its
/// request limit, several ranges of the list are read at the same time.
/// <para>
/// Each code that exists all the time is listed exactly once, whatever is added and removed meanwhile: each range is read by key, and ends at
/// the first code of the next one (<see cref="CodeRange"/>).
/// </para>
/// </summary>
internal sealed class ParallelCodeLister
{
    /// <summary>How many codes a range has, about: ten pages, which are kept in memory until it is their turn.</summary>
    private const int RangeLength = 1000;

    /// <summary>More hardly make it faster, and would leave little of the request limit to others.</summary>
    private const int MaxRanges = 8;

    private readonly ICodeApi _api;
    private readonly string _promotionId;
    private readonly IClock _clock;
    private readonly Func<double> _requestsPerSecond;

    /// <summary>A lister of the codes of a promotion.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="clock">Measures how long the store takes.</param>
    /// <param name="requestsPerSecond">The current limit of requests a second.</param>
    public ParallelCodeLister(ICodeApi api, string promotionId, IClock clock, Func<double> requestsPerSecond)
    {
        _api = api;
        _promotionId = promotionId;
        _clock = clock;
        _requestsPerSecond = requestsPerSecond;
    }

    /// <summary>Lists all codes.</summary>
    /// <param name="process">Processes a code and returns whether to continue. Called one after another.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="EpPromoException">The codes cannot be read, or not to the end.</exception>
    public async Task ListAsync(Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        TimeSpan reading = TimeSpan.Zero;
        int codes = 0;
        int pages = 0;
        DateTimeOffset start = _clock.UtcNow;
        CodeWalk walk = await CodeWalk.StartAsync(_api, _promotionId, cancellationToken);
        while (await walk.NextAsync(cancellationToken) is { } page)
        {
            reading += _clock.UtcNow - start;
            codes += page.Items.Count;
            pages++;
            foreach (PromotionCode code in page.Items)
            {
                if (!await process(code))
                {
                    return;
                }
            }

            // The rate of the next requests decides, not the first ones, which may have waited for others.
            if (codes >= RangeLength)
            {
                int ranges = CountRanges(page, reading.TotalSeconds / pages);
                if (ranges > 1)
                {
                    await ListRangesAsync(walk, new CodeRangePlanner(_api, _promotionId, RangeLength, page), ranges, process, cancellationToken);
                    return;
                }

                (reading, codes, pages) = (TimeSpan.Zero, 0, 0);
            }

            start = _clock.UtcNow;
        }
    }

    /// <summary>How many ranges use the request limit, if each of them waits for one response after another.</summary>
    private int CountRanges(Page<PromotionCode> page, double secondsPerRequest) =>
        page.IsLast || CodeRangePlanner.CountAfter(page) < 2 * RangeLength ? 1
        : (int)Math.Min(MaxRanges, secondsPerRequest * _requestsPerSecond());

    private static async Task ListRangesAsync(
        CodeWalk first, CodeRangePlanner planner, int count, Func<PromotionCode, Task<bool>> process, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // The last one has only read its first page, until the next one is started.
        Queue<CodeRange> ranges = new();
        CodeRange last = new(Task.FromResult<CodeWalk?>(first), stop.Token);
        ranges.Enqueue(last);
        bool isPlanned = false;
        try
        {
            HashSet<string> previous = [];
            while (ranges.Count > 0)
            {
                while (!isPlanned && ranges.Count <= count)
                {
                    CodeRange next = new(planner.NextAsync(stop.Token), stop.Token);
                    last.SetNext(next);
                    ranges.Enqueue(last = next);
                }

                if (isPlanned)
                {
                    last.SetNext(null);
                }

                CodeRange range = ranges.Dequeue();
                IReadOnlyList<PromotionCode> codes = await range.Codes;
                cancellationToken.ThrowIfCancellationRequested();
                foreach (PromotionCode code in codes)
                {
                    // Two ranges have a code only if all codes at the start of the second one were removed meanwhile.
                    if (!previous.Contains(code.Text) && !await process(code))
                    {
                        return;
                    }
                }

                // Beyond the end of the list, or the store returns other pages than requested: the last range is read to the end.
                isPlanned |= codes.Count == 0;
                previous = new HashSet<string>(codes.Select(code => code.Text), StringComparer.Ordinal);
            }
        }
        finally
        {
            stop.Cancel();
            last.SetNext(null);
            Task ended = Task.WhenAll(ranges.Select(range => range.Codes));
            await Task.WhenAny(ended);

            // Nobody needs these ranges, so why one of them cannot be read does not matter.
            _ = ended.Exception;
        }
    }
}
