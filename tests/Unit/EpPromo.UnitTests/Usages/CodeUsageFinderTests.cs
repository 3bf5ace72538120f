using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Usages;

/// <summary>The usages of some codes are found with as few requests as it takes, and none of other codes.</summary>
public sealed class CodeUsageFinderTests
{
    private readonly FakeClock _clock = new();

    /// <summary>
    /// All usages are on 20 pages. One request finds out that their list is shorter. Without a total, the end shows only when an empty page is
    /// returned; 15 more are requested ahead with it, and the first page is read once more.
    /// </summary>
    [Theory]
    [InlineData(1, 0, 1, true)]
    [InlineData(3, 1, 3, true)]
    [InlineData(50, 21, 0, true)]
    [InlineData(50, 1, 50, false)]
    [InlineData(150, 38, 0, false)]
    public async Task It_reads_the_shorter_lists(int codes, int pagesOfPromotion, int pagesOfCodes, bool reportsTotal)
    {
        FakeUsageStore store = new() { ReportsTotal = reportsTotal };
        store.Usages.AddRange(Enumerable.Range(0, 2000).Select(i => FakeUsageStore.Usage(i, $"code{i % 200}", _clock.UtcNow)));
        CodeSet set = new();
        for (int i = 0; i < codes; i++)
        {
            set.Add($"CODE{i}", $"id-code{i}");
        }

        List<PromotionUsage> found = await FindAsync(store, set, UsageSelection.All);

        Assert.Equal(codes * 10, found.Count);
        Assert.All(found, usage => Assert.True(int.Parse(usage.Code[4..], System.Globalization.CultureInfo.InvariantCulture) < codes));
        Assert.Equal(pagesOfCodes, store.Pages.OfCodes);
        Assert.Equal(pagesOfPromotion, store.Pages.OfPromotion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_without_an_id_or_with_an_old_one_is_found_by_its_text(bool isCaseSensitive)
    {
        FakeUsageStore store = new() { IsCaseSensitive = isCaseSensitive };
        store.Usages.AddRange([FakeUsageStore.Usage(1, "A", _clock.UtcNow), FakeUsageStore.Usage(2, "A", _clock.UtcNow.AddDays(-1)), FakeUsageStore.Usage(3, "B")]);
        CodeSet noId = new();
        noId.Add("a", null);
        CodeSet oldId = new();
        oldId.Add("a", "deleted");

        Assert.Equal(["u1", "u2"], (await FindAsync(store, noId, UsageSelection.All)).Select(usage => usage.UsageId));
        Assert.Equal(["u1"], (await FindAsync(store, oldId, new() { Since = _clock.UtcNow })).Select(usage => usage.UsageId));
    }

    private async Task<List<PromotionUsage>> FindAsync(FakeUsageStore store, CodeSet codes, UsageSelection selection)
    {
        List<PromotionUsage> found = [];
        await new CodeUsageFinder(store, new UsageLister(store, _clock, new PageConcurrency())).FindAsync(
            "p1",
            codes,
            selection,
            usage =>
            {
                found.Add(usage);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        return found;
    }
}
