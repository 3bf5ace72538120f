using System.Globalization;
using EpPromo.Api;

namespace EpPromo.UnitTests.Api;

/// <summary>Pages that are requested ahead: nothing is missing, whatever order they are returned in and however the list changes.</summary>
public class PageWalkTests
{
    private const int Seeds = 500;

    public static TheoryData<bool, bool, bool> Stores { get; } = new(
        from newestFirst in new[] { false, true }
        from limit in new[] { false, true }
        from total in new[] { false, true }
        select (newestFirst, limit, total));

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_list_that_grows_is_read_completely_and_in_order(bool newestFirst, bool limit, bool total)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ReorderingList list = new(seed)
            {
                IsNewestFirst = newestFirst, ReportsLimit = limit, ReportsTotal = total, PageLength = 2 + (seed % 9), GrowthChance = 0.3,
            };
            list.Add(seed % 120);
            int[] before = [.. list.Records];

            List<int> seen = await ReadAsync(list, 8);

            int[] found = [.. seen.Distinct().Where(before.Contains)];
            Assert.True(before.Length == found.Length, $"Seed {seed}: {before.Length - found.Length} of {before.Length} records are missing.");
            if (total)
            {
                Assert.Equal(before, found);
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_is_not_removed_meanwhile_is_read_if_there_is_a_total(bool newestFirst, bool limit)
    {
        int missing = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            ReorderingList list = new(seed)
            {
                IsNewestFirst = newestFirst, ReportsLimit = limit, PageLength = 5 + (seed % 9), RemovalChance = 0.1,
            };
            list.Add(60 + (seed % 60));

            List<int> seen = await ReadAsync(list, 8);

            missing += list.Records.Except(seen).Count();
        }

        Assert.Equal(0, missing);
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(20, 10, 2)]
    [InlineData(100, 10, 10)]
    [InlineData(1000, 100, 10)]
    [InlineData(10_100, 100, 101)]
    public async Task A_list_with_a_total_costs_one_request_a_page(int count, int pageLength, int requests)
    {
        ReorderingList list = new(1) { PageLength = pageLength };
        list.Add(count);

        Assert.Equal(list.Records, await ReadAsync(list, 16));

        Assert.Equal(requests, list.Requests);
        Assert.InRange(list.MaxAtOnce, 0, 16);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_total_at_most_as_many_requests_are_in_vain_as_pages_are_needed(bool limit)
    {
        for (int count = 0; count < 200; count++)
        {
            ReorderingList list = new(count) { ReportsLimit = limit, ReportsTotal = false };
            list.Add(count);

            Assert.Equal(list.Records, await ReadAsync(list, 16));

            int pages = 1 + (count / 10);
            Assert.InRange(list.Requests, 1, 3 + (2 * pages));
        }
    }

    /// <summary>A store may round offsets down to whole pages.</summary>
    [Fact]
    public async Task Only_whole_pages_are_requested()
    {
        ReorderingList list = new(1) { PageLength = 25 };
        list.Add(1000);

        await ReadAsync(list, 16);

        Assert.All(list.Offsets, offset => Assert.Equal(0, offset % 25));
    }

    [Fact]
    public async Task Pages_of_one_record_are_read()
    {
        ReorderingList list = new(1) { PageLength = 1 };
        list.Add(20);

        Assert.Equal(list.Records, await ReadAsync(list, 8));
        Assert.Equal(20, list.Requests);
    }

    [Fact]
    public async Task When_the_caller_needs_no_more_the_pages_ahead_are_cancelled()
    {
        List<CancellationToken> requested = [];
        int processed = 0;

        await Paging.ForEachPageAsync(
            0,
            (offset, stop) =>
            {
                requested.Add(stop);
                return offset < 30
                    ? Task.FromResult(new Page<int>([.. Enumerable.Range(offset, 10)], offset, 10, 1000))
                    : Task.Delay(Timeout.Infinite, stop).ContinueWith<Page<int>>(_ => throw new OperationCanceledException(stop), TaskScheduler.Default);
            },
            Id,
            _ => Task.FromResult(++processed < 3),
            new PageConcurrency(8),
            TestContext.Current.CancellationToken);

        Assert.Equal(3, processed);
        Assert.True(requested.Count > 3);
        Assert.All(requested, stop => Assert.True(stop.IsCancellationRequested));
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_ends_the_list_after_the_pages_before_it()
    {
        List<int> seen = [];

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Paging.ForEachPageAsync(
            0,
            (offset, _) => offset < 30
                ? Task.FromResult(new Page<int>([.. Enumerable.Range(offset, 10)], offset, 10, 1000))
                : Task.FromException<Page<int>>(new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreTimeout), offset, 1)),
            Id,
            page => Collect(page, seen),
            new PageConcurrency(8),
            TestContext.Current.CancellationToken));

        Assert.Equal(nameof(SR.StoreTimeout), error.ErrorId);
        Assert.Equal(Enumerable.Range(0, 30), seen);
    }

    [Fact]
    public async Task What_the_pages_ahead_fail_with_is_observed()
    {
        const string Marker = "a page ahead";
        Assert.Empty(await UnobservedExceptions.FindAsync(Marker, async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await ReadWithFailuresAsync(Marker);
            }
        }));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(3, null, null)]
    [InlineData(3, 30, null)]
    [InlineData(3, 30, 0)]
    public async Task A_store_that_ignores_offsets_is_an_error(int? limit, int? total, int? reportedOffset)
    {
        List<int> seen = [];

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Paging.ForEachPageAsync(
            0,
            (offset, _) => Task.FromResult(new Page<int>([1, 2, 3], offset, limit, total, reportedOffset)),
            Id,
            page => Collect(page, seen),
            new PageConcurrency(8),
            TestContext.Current.CancellationToken));

        Assert.Equal(nameof(SR.PagingIgnored), error.ErrorId);
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task After_10000_records_reading_fails_instead_of_skipping_some()
    {
        ReorderingList list = new(1) { PageLength = 100 };
        list.Add(10_200);

        Assert.Equal(nameof(SR.ListTooLong), (await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(list, 16))).ErrorId);
    }

    /// <summary>Reads a list of which the third page and those after it cannot be read.</summary>
    private static Task<IOException> ReadWithFailuresAsync(string message) => Assert.ThrowsAsync<IOException>(() => Paging.ForEachPageAsync(
        0,
        (offset, _) => offset < 30
            ? Task.FromResult(new Page<int>([.. Enumerable.Range(offset, 10)], offset, 10, 1000))
            : Task.FromException<Page<int>>(new IOException(message)),
        Id,
        _ => Task.FromResult(true),
        new PageConcurrency(8),
        TestContext.Current.CancellationToken));

    /// <summary>Reads the whole list, while its pages are returned in random order.</summary>
    private static async Task<List<int>> ReadAsync(ReorderingList list, int concurrency)
    {
        List<int> seen = [];
        Task reading = Paging.ForEachPageAsync(
            0, list.FetchAsync, Id, page => Collect(page, seen), new PageConcurrency(concurrency), TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            list.ServeOne();
            await Task.Yield();
        }

        await reading;
        return seen;
    }

    private static Task<bool> Collect(Page<int> page, List<int> seen)
    {
        seen.AddRange(page.Items);
        return Task.FromResult(true);
    }

    private static string Id(int record) => record.ToString(CultureInfo.InvariantCulture);
}
