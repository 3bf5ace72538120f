using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Usages;

/// <summary>Usages are listed completely, each once, also beyond the largest offset.</summary>
public sealed class UsageListerTests
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData(0, true, 1)]
    [InlineData(99, true, 1)]
    [InlineData(100, false, 3)]
    [InlineData(10_000, true, 100)]
    [InlineData(10_000, false, 102)]
    [InlineData(10_100, true, 101)]
    public async Task A_list_that_offsets_reach_is_read_page_by_page(int count, bool reportsTotal, int requests)
    {
        FakeUsageStore store = Store(count, reportsTotal);

        Assert.Equal(store.Usages, await ListAsync(store, UsageSelection.All));
        Assert.Equal(requests, store.Pages.OfPromotion);
    }

    /// <summary>In 45,000 usages, of which most were made on one day, and some right now.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_longer_list_is_read_in_periods(bool reportsTotal, bool isAfterAStart)
    {
        FakeUsageStore store = Store(45_000, reportsTotal);
        DateTimeOffset start = _clock.UtcNow.AddYears(-3);
        for (int i = 0; i < store.Usages.Count; i++)
        {
            TimeSpan age = i < 40_000 ? TimeSpan.FromDays(400) + TimeSpan.FromMilliseconds(i) : i < 44_000 ? TimeSpan.FromHours(i - 40_000) : -TimeSpan.FromTicks(i);
            store.Usages[i] = new PromotionUsage(store.Usages[i]) { UsedOn = _clock.UtcNow - age };
        }

        List<PromotionUsage> found = await ListAsync(store, isAfterAStart ? new UsageSelection { Since = start } : UsageSelection.All);

        Assert.Equal(store.Usages.Select(usage => usage.UsageId).Order(), found.Select(usage => usage.UsageId).Order());
        Assert.InRange(store.Pages.OfPromotion, 450, 1000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Usages_that_no_period_reaches_are_an_error_after_all_others(bool haveTimes)
    {
        FakeUsageStore store = Store(10_500, reportsTotal: true);
        for (int i = 0; i < store.Usages.Count; i++)
        {
            store.Usages[i] = new PromotionUsage(store.Usages[i]) { UsedOn = haveTimes ? _clock.UtcNow.AddDays(-1) : i < 10_000 ? _clock.UtcNow.AddDays(-i % 900) : null };
        }

        List<PromotionUsage> found = [];
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store, UsageSelection.All, found));

        Assert.Equal("UsagesUnreachable", error.ErrorId);
        Assert.Equal(haveTimes ? 10_100 : 10_000, found.Count);
        Assert.Contains(found.Count + " usages could be read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_the_store_does_not_filter_is_filtered_here(bool ignores, bool rejects)
    {
        FakeUsageStore store = new() { IgnoresFilters = ignores, RejectsFilters = rejects };
        DateTimeOffset time = _clock.UtcNow;
        store.Usages.AddRange(
        [
            FakeUsageStore.Usage(1, "SAVE10", time), FakeUsageStore.Usage(2, "save10", time.AddTicks(-1)), FakeUsageStore.Usage(3, "SAVE20", time),
            FakeUsageStore.Usage(4, "SAVE10", time.AddDays(1)), FakeUsageStore.Usage(5), FakeUsageStore.Usage(6, "save10", time.AddDays(1).AddTicks(-1)),
        ]);

        Assert.Equal(["u1", "u6"], await IdsAsync(store, new() { Code = "Save10", Since = time, Before = time.AddDays(1) }));
        Assert.Equal(["u1", "u2", "u4", "u5", "u6"], await IdsAsync(store, new() { Code = "SAVE10" }));
        Assert.Equal(["u2"], await IdsAsync(store, new() { Before = time }));
    }

    [Fact]
    public async Task A_store_that_rejects_filters_cannot_show_a_long_list_to_its_end()
    {
        FakeUsageStore store = new() { RejectsFilters = true };
        store.Usages.AddRange(Enumerable.Range(0, 10_200).Select(i => FakeUsageStore.Usage(i, usedOn: _clock.UtcNow.AddDays(-i))));

        Assert.Equal("UsagesUnreachable", (await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store, UsageSelection.All))).ErrorId);
    }

    private static FakeUsageStore Store(int count, bool reportsTotal)
    {
        FakeUsageStore store = new() { ReportsTotal = reportsTotal };
        store.Usages.AddRange(Enumerable.Range(0, count).Select(i => FakeUsageStore.Usage(i)));
        return store;
    }

    private async Task<List<PromotionUsage>> ListAsync(FakeUsageStore store, UsageSelection selection, List<PromotionUsage>? found = null)
    {
        found ??= [];
        await new UsageLister(store, _clock, new PageConcurrency()).ListAsync(
            "p1",
            selection,
            usage =>
            {
                found.Add(usage);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        return found;
    }

    private async Task<IEnumerable<string>> IdsAsync(FakeUsageStore store, UsageSelection selection) =>
        (await ListAsync(store, selection)).Select(usage => usage.UsageId);
}
