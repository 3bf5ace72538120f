namespace EpPromo.UnitTests.Domain;

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
    public void Where_no_limit_is_told_only_an_empty_page_or_the_total_ends_a_list(int count, int? total, bool last) =>
        Assert.Equal(last, new Page<int>(new int[count], 0, null, total).IsLast);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task All_records_are_visited_once_and_in_order(int count)
    {
        foreach (bool tellsTotal in new[] { true, false })
        {
            List<int> seen = [];

            await Paging.WalkAsync(0, Pages(count, 5, tellsTotal), page => Collect(page, seen));

            Assert.Equal(Enumerable.Range(0, count), seen);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(24, 2)]
    [InlineData(60, 4)]
    [InlineData(100, 5)]
    public async Task A_list_of_shorter_pages_than_asked_for_is_read_whole_though_the_store_tells_nothing_of_them(int count, int requests)
    {
        List<int> seen = [];
        int asked = 0;

        await Paging.WalkAsync(
            0,
            offset =>
            {
                asked++;
                return Task.FromResult(new Page<int>(Enumerable.Range(0, count).Skip(offset).Take(25).ToArray(), offset, null, null));
            },
            page => Collect(page, seen));

        Assert.Equal(Enumerable.Range(0, count), seen);
        Assert.Equal(requests, asked);
    }

    [Fact]
    public async Task A_store_without_pages_is_asked_twice_and_its_list_visited_once()
    {
        List<int> seen = [];
        int asked = 0;

        await Paging.WalkAsync(
            0,
            offset =>
            {
                asked++;
                return Task.FromResult(new Page<int>([1, 2, 3], offset, null, null));
            },
            page => Collect(page, seen));

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_walk_can_begin_in_the_middle()
    {
        List<int> seen = [];

        await Paging.WalkAsync(5, Pages(12, 5, true), page => Collect(page, seen));

        Assert.Equal(Enumerable.Range(5, 7), seen);
    }

    [Fact]
    public async Task A_walk_ends_when_the_visitor_has_seen_enough()
    {
        int pages = 0;

        await Paging.WalkAsync(0, Pages(100, 5, true), _ => ++pages < 2);

        Assert.Equal(2, pages);
    }

    [Fact]
    public async Task Past_10000_records_the_walk_fails_instead_of_leaving_some_out()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => Paging.WalkAsync(0, Pages(10_200, 100, true), _ => true));

        Assert.Equal(nameof(SR.ListTooLong), error.ErrorId);
    }

    [Fact]
    public async Task A_list_of_exactly_what_an_offset_reaches_is_read_whole()
    {
        List<int> seen = [];

        await Paging.WalkAsync(0, Pages(10_100, 100, true), page => Collect(page, seen));

        Assert.Equal(10_100, seen.Count);
    }

    private static Func<int, Task<Page<int>>> Pages(int count, int limit, bool tellsTotal) => offset =>
        Task.FromResult(new Page<int>(
            Enumerable.Range(0, count).Skip(offset).Take(limit).ToArray(), offset, limit, tellsTotal ? count : null));

    private static bool Collect(Page<int> page, List<int> seen)
    {
        seen.AddRange(page.Items);
        return true;
    }
}
