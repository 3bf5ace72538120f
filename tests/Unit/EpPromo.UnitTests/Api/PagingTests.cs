using EpPromo.Api;

namespace EpPromo.UnitTests.Api;

public class PagingTests
{
    [Theory]
    [InlineData(0, 0, 10, true)]
    [InlineData(5, 0, 5, true)]
    [InlineData(5, 5, 10, true)]
    [InlineData(5, 0, 6, false)]
    [InlineData(5, 0, null, false)]
    [InlineData(4, 0, null, true)]
    [InlineData(4, 0, 6, false)]
    [InlineData(0, 20, null, true)]
    public void The_last_page_is_empty_reaches_the_total_or_is_short_without_one(int count, int offset, int? total, bool last) =>
        Assert.Equal(last, new Page<int>(new int[count], offset, 5, total).IsLast);

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(1, null, false)]
    [InlineData(100, null, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    public void Without_a_reported_limit_only_an_empty_page_or_the_total_ends_a_list(int count, int? total, bool last) =>
        Assert.Equal(last, new Page<int>(new int[count], 0, null, total).IsLast);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task All_records_are_processed_once_and_in_order(int count)
    {
        foreach (bool tellsTotal in new[] { true, false })
        {
            List<int> seen = [];

            await ReadAsync(0, Pages(count, 5, tellsTotal), Id, page => Collect(page, seen));

            Assert.Equal(Enumerable.Range(0, count), seen);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(24, 2)]
    [InlineData(60, 4)]
    [InlineData(100, 5)]
    public async Task A_list_with_shorter_pages_than_requested_is_read_completely_even_if_the_store_reports_no_limit(int count, int requests)
    {
        List<int> seen = [];
        int asked = 0;

        await ReadAsync(
            0,
            offset =>
            {
                asked++;
                return Task.FromResult(new Page<int>(Enumerable.Range(0, count).Skip(offset).Take(25).ToArray(), offset, null, null));
            },
            Id,
            page => Collect(page, seen));

        Assert.Equal(Enumerable.Range(0, count), seen);
        Assert.Equal(requests, asked);
    }

    /// <summary>Without reported offsets, a list that grows may look like this, so the first page is requested once more.</summary>
    [Theory]
    [InlineData(null, null, null, 3)]
    [InlineData(3, null, null, 3)]
    [InlineData(3, 5, null, 3)]
    [InlineData(3, 30, null, 3)]
    [InlineData(3, 5, 0, 2)]
    [InlineData(null, null, 0, 2)]
    public async Task A_store_that_ignores_offsets_is_an_error(int? limit, int? total, int? reportedOffset, int requests)
    {
        List<int> seen = [];
        int asked = 0;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(
            0,
            offset =>
            {
                asked++;
                return Task.FromResult(new Page<int>([1, 2, 3], offset, limit, total, reportedOffset));
            },
            Id,
            page => Collect(page, seen)));

        Assert.Equal((nameof(SR.PagingIgnored), ErrorKind.InvalidResponse), (error.ErrorId, error.Kind));
        Assert.Equal(requests, asked);
    }

    [Fact]
    public async Task A_page_at_another_offset_is_an_error_even_if_its_records_are_new()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(
            50, offset => Task.FromResult(new Page<int>([1, 2, 3], offset, 25, 53, 0)), Id, _ => true));

        Assert.Equal(nameof(SR.PagingIgnored), error.ErrorId);
    }

    /// <summary>The newest first, so that new records move the others to later pages.</summary>
    [Theory]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    [InlineData(6, 3)]
    [InlineData(7, 3)]
    [InlineData(8, 1)]
    public async Task A_list_that_grows_while_it_is_read_is_read_completely(int count, int grownBy)
    {
        foreach ((bool tellsLimit, bool tellsTotal) in new[] { (false, false), (true, false), (true, true) })
        {
            List<int> seen = [];
            List<int> list = [.. Enumerable.Range(1, count).Reverse()];
            bool hasGrown = false;

            await ReadAsync(
                0,
                offset =>
                {
                    if (offset > 0 && !hasGrown)
                    {
                        hasGrown = true;
                        list.InsertRange(0, Enumerable.Range(count + 1, grownBy).Reverse());
                    }

                    return Task.FromResult(new Page<int>(
                        [.. list.Skip(offset).Take(3)], offset, tellsLimit ? 3 : null, tellsTotal ? list.Count : null, tellsLimit ? offset : null));
                },
                Id,
                page => Collect(page, seen));

            Assert.Equal(Enumerable.Range(1, count), seen.Distinct().Order().Take(count));
        }
    }

    /// <summary>The newest first. Before each request, the list grows by exactly one page, so that every page shows the same records.</summary>
    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, 5)]
    [InlineData(3, 5)]
    public async Task A_list_that_grows_by_one_page_between_any_two_requests_is_read_completely(int start, int times)
    {
        foreach ((bool tellsLimit, bool tellsTotal) in new[] { (false, false), (true, false), (true, true) })
        {
            List<int> seen = [];
            List<int> list = [.. Enumerable.Range(1, 8).Reverse()];

            await ReadAsync(
                start,
                offset =>
                {
                    Page<int> page = new(
                        [.. list.Skip(offset).Take(3)], offset, tellsLimit ? 3 : null, tellsTotal ? list.Count : null);
                    if (times-- > 0)
                    {
                        list.InsertRange(0, Enumerable.Range(list.Count + 1, 3).Reverse());
                    }

                    return Task.FromResult(page);
                },
                Id,
                page => Collect(page, seen));

            Assert.Equal(Enumerable.Range(1, 8 - start), seen.Distinct().Order().Take(8 - start));
        }
    }

    /// <summary>The new record is on the only page that the store returns, so the second page is not quite the first one.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData(3, null)]
    [InlineData(3, 6)]
    public async Task A_store_that_ignores_offsets_is_an_error_even_if_the_list_has_grown(int? limit, int? total)
    {
        int asked = 0;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(
            0,
            offset =>
            {
                int newest = asked++ == 0 ? 10 : 11;
                return Task.FromResult(new Page<int>([newest, newest - 1, newest - 2], offset, limit, total));
            },
            Id,
            _ => true));

        Assert.Equal(nameof(SR.PagingIgnored), error.ErrorId);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Reading_can_start_in_the_middle()
    {
        List<int> seen = [];

        await ReadAsync(5, Pages(12, 5, true), Id, page => Collect(page, seen));

        Assert.Equal(Enumerable.Range(5, 7), seen);
    }

    [Fact]
    public async Task Reading_ends_when_the_caller_needs_no_more()
    {
        int pages = 0;

        await ReadAsync(0, Pages(100, 5, true), Id, _ => ++pages < 2);

        Assert.Equal(2, pages);
    }

    [Fact]
    public async Task After_10000_records_reading_fails_instead_of_skipping_some()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => ReadAsync(0, Pages(10_200, 100, true), Id, _ => true));

        Assert.Equal(nameof(SR.ListTooLong), error.ErrorId);
    }

    [Fact]
    public async Task A_list_that_ends_at_the_maximum_offset_is_read_completely()
    {
        List<int> seen = [];

        await ReadAsync(0, Pages(10_100, 100, true), Id, page => Collect(page, seen));

        Assert.Equal(10_100, seen.Count);
    }

    /// <summary>Reads one page after another.</summary>
    private static Task ReadAsync(int start, Func<int, Task<Page<int>>> fetch, Func<int, string> id, Func<Page<int>, bool> process) =>
        Paging.ForEachPageAsync(
            start, (offset, _) => fetch(offset), id, page => Task.FromResult(process(page)), PageConcurrency.One, TestContext.Current.CancellationToken);

    private static Func<int, Task<Page<int>>> Pages(int count, int limit, bool tellsTotal) => offset =>
        Task.FromResult(new Page<int>(
            Enumerable.Range(0, count).Skip(offset).Take(limit).ToArray(), offset, limit, tellsTotal ? count : null));

    private static string Id(int record) => record.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool Collect(Page<int> page, List<int> seen)
    {
        seen.AddRange(page.Items);
        return true;
    }
}
