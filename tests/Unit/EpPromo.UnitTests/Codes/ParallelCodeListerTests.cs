using System.Globalization;
using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>The list of codes in parallel ranges: complete, each code once, in order, while codes are added and removed.</summary>
public class ParallelCodeListerTests
{
    private const string FailingStore = "failing.example";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Codes_that_stay_are_listed_once_in_order_while_others_come_and_go(int seed)
    {
        ChangingStore store = new(seed) { IsChanging = true };
        List<string> listed = await ListAsync(store);

        Assert.Equal(store.Staying, listed.Where(store.IsStaying));
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.Equal(listed.Order(StringComparer.OrdinalIgnoreCase), listed);
        Assert.True(store.MaxConcurrency > 1, $"At most {store.MaxConcurrency} requests at the same time.");
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public async Task The_list_is_complete_if_the_store_reports_less_or_ignores_offsets(bool reportsTotal, bool reportsOffset, bool takesOffsets)
    {
        ChangingStore store = new(7) { ReportsTotal = reportsTotal, ReportsOffset = reportsOffset && takesOffsets, TakesOffsets = takesOffsets };

        Assert.Equal(store.Staying, (await ListAsync(store)).Where(store.IsStaying));
    }

    [Fact]
    public async Task A_code_that_no_filter_takes_does_not_end_the_list()
    {
        ChangingStore store = new(8) { Takes = code => code[^1] is not ('0' or '5') };

        Assert.Equal(store.Staying, (await ListAsync(store)).Where(store.IsStaying));
    }

    [Fact]
    public async Task A_fast_store_is_read_with_one_request_after_another()
    {
        ChangingStore store = new(9) { Latency = TimeSpan.FromMilliseconds(10) };

        Assert.Equal(store.Staying, (await ListAsync(store)).Where(store.IsStaying));
        Assert.Equal(1, store.MaxConcurrency);
    }

    [Fact]
    public async Task An_error_in_a_later_range_follows_the_codes_before_it()
    {
        ChangingStore store = new(10) { FailsAfter = "code-06000" };
        List<string> listed = [];

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store, listed));

        Assert.Equal(nameof(SR.StoreUnavailable), error.ErrorId);
        Assert.Equal(store.Staying.Take(listed.Count(store.IsStaying)), listed.Where(store.IsStaying));
        Assert.InRange(listed.Count, 4000, 7000);
    }

    [Fact]
    public async Task What_later_ranges_fail_with_is_observed() => Assert.Empty(await UnobservedExceptions.FindAsync(FailingStore, async () =>
    {
        for (int seed = 0; seed < 10; seed++)
        {
            await ListUnreadableAsync(seed);
        }
    }));

    [Fact]
    public async Task Nothing_more_is_read_when_there_is_enough()
    {
        ChangingStore store = new(11);
        int left = 1500;

        await Lister(store).ListAsync(_ => Task.FromResult(--left > 0), TestContext.Current.CancellationToken);
        int requests = store.Requests;
        await Task.Yield();

        Assert.InRange(requests, 15, 120);
        Assert.Equal(requests, store.Requests);
    }

    /// <summary>Lists codes of which those from the third range on cannot be read. In a method of its own, so that nothing refers to the tasks.</summary>
    private static Task<EpPromoException> ListUnreadableAsync(int seed) =>
        Assert.ThrowsAsync<EpPromoException>(() => ListAsync(new ChangingStore(seed) { FailsAfter = "code-03000" }));

    private static async Task<List<string>> ListAsync(ChangingStore store, List<string>? listed = null)
    {
        listed ??= [];
        await Lister(store).ListAsync(
            code =>
            {
                listed.Add(code.Code);
                return Task.FromResult(true);
            },
            TestContext.Current.CancellationToken);
        return listed;
    }

    private static ParallelCodeLister Lister(ChangingStore store) => new(store, "p", store.Clock, () => 100);

    /// <summary>A store of 15,000 codes that stay, and others that are added and removed at each request.</summary>
    private sealed class ChangingStore : StubApi
    {
        private const int PageSize = 100;

        private readonly Lock _lock = new();
        private readonly Random _random;
        private readonly List<string> _codes;
        private int _concurrency;

        public ChangingStore(int seed)
        {
            _random = new Random(seed);
            _codes = [.. Enumerable.Range(0, 15_000).Select(Text)];
            Staying = [.. _codes];
        }

        public FakeClock Clock { get; } = new();

        public IReadOnlyList<string> Staying { get; }

        public bool IsChanging { get; init; }

        public bool ReportsTotal { get; init; } = true;

        public bool ReportsOffset { get; init; } = true;

        public bool TakesOffsets { get; init; } = true;

        public string? FailsAfter { get; init; }

        public Func<string, bool> Takes { get; init; } = _ => true;

        public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

        public int MaxConcurrency { get; private set; }

        public int Requests { get; private set; }

        public bool IsStaying(string code) => code.Length == Staying[0].Length;

        public override async Task<Page<PromotionCode>> ListCodesAsync(
            string promotionId, string? after, int offset, CancellationToken cancellationToken)
        {
            if (after is not null && !Takes(after))
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), after);
            }

            int yields;
            lock (_lock)
            {
                MaxConcurrency = Math.Max(MaxConcurrency, ++_concurrency);
                Requests++;
                yields = _random.Next(20);
            }

            for (; yields >= 0; yields--)
            {
                await Task.Yield();
            }

            lock (_lock)
            {
                Clock.Advance(Latency);
                _concurrency--;
                cancellationToken.ThrowIfCancellationRequested();
                if (FailsAfter is { } limit && string.CompareOrdinal(after, limit) > 0)
                {
                    throw new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), FailingStore, "gone");
                }

                Change();
                int first = after is null ? 0 : _codes.BinarySearch(after, StringComparer.OrdinalIgnoreCase);
                first = first < 0 ? ~first : after is null ? 0 : first + 1;
                int from = TakesOffsets ? offset : 0;
                return new Page<PromotionCode>(
                    [.. _codes.Skip(first + from).Take(PageSize).Select(code => new PromotionCode(new ListedCode { Code = code }))],
                    offset,
                    PageSize,
                    ReportsTotal ? _codes.Count - first : null,
                    ReportsOffset ? from : null);
            }
        }

        private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"code-{number:00000}");

        /// <summary>Adds codes anywhere, and removes added ones; sometimes a whole neighbourhood of them.</summary>
        private void Change()
        {
            for (int i = IsChanging ? 40 : 0; i > 0; i--)
            {
                string code = $"{Text(_random.Next(15_000))}-{_random.Next(10)}";
                int index = _codes.BinarySearch(code, StringComparer.OrdinalIgnoreCase);
                if (index < 0)
                {
                    _codes.Insert(~index, code);
                }
                else
                {
                    _codes.RemoveAt(index);
                }
            }
        }
    }
}
