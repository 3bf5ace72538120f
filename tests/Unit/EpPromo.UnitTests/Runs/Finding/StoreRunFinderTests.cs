using EpPromo.Api;
using EpPromo.Runs.Finding;

using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Finding;

/// <summary>The runs of a whole store.</summary>
public class StoreRunFinderTests
{
    private readonly FakeJobStore _store = new();

    [Fact]
    public async Task All_promotions_that_take_codes_are_read()
    {
        _store.Add("p", Completed("a", 1, 10, 0));
        _store.Add("q", Completed("b", 1, 10, 0));
        _store.Add(new Promotion { PromotionId = "automatic", Automatic = true });

        RunSearch found = await Finder.FindAsync(_ => true, new PageConcurrency(), TestContext.Current.CancellationToken);

        Assert.Equal(["p", "q"], found.Parts.Select(part => part.PromotionId));
        Assert.Equal(["p", "q"], _store.Read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_newest_promotions_come_first()
    {
        _store.Add(new Promotion { PromotionId = "unknown" });
        _store.Add(new Promotion { PromotionId = "old", CreatedAt = Start });
        _store.Add(new Promotion { PromotionId = "new", CreatedAt = Start.AddDays(1) });

        IReadOnlyList<Promotion> promotions = await Finder.ListPromotionsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["new", "old", "unknown"], promotions.Select(promotion => promotion.PromotionId));
    }

    [Fact]
    public async Task The_lists_are_read_side_by_side_but_not_all_at_once()
    {
        TaskCompletionSource<bool> released = new();
        _store.Released = released.Task;
        for (int i = 0; i < 3 * StoreRunFinder.MaxConcurrency; i++)
        {
            _store.Add($"p{i}", Completed("a", 1, 10, 0));
        }

        Task<RunSearch> finding = Finder.FindAsync(_ => true, new PageConcurrency(), TestContext.Current.CancellationToken);
        Assert.Equal(StoreRunFinder.MaxConcurrency, _store.Read.Count);
        released.SetResult(true);

        Assert.Equal(3 * StoreRunFinder.MaxConcurrency, (await finding).Parts.Count);
        Assert.Equal(StoreRunFinder.MaxConcurrency, _store.MaxReading);
    }

    private StoreRunFinder Finder => new(_store.AsStoreApi());
}
