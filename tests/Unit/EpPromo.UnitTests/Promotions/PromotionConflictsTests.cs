using System.Globalization;
using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Promotions;

/// <summary>Names and priorities in use are detected while other work of the same command writes promotions.</summary>
public class PromotionConflictsTests
{
    [Fact]
    public async Task Many_promotions_are_written_and_compared_at_the_same_time()
    {
        PromotionDirectory directory = new(new FakeClock(), PromotionKind.Rule, TimeSpan.FromMinutes(1));
        PromotionConflicts conflicts = new(directory, new EmptyStore());

        await Parallel.ForEachAsync(Enumerable.Range(1, 200), TestContext.Current.CancellationToken, async (number, stop) =>
        {
            await conflicts.ThrowIfPriorityIsTakenAsync(number, null, stop);
            directory.KeepWritten(new Promotion { PromotionId = number.ToString(CultureInfo.InvariantCulture), Name = $"P{number}", Priority = number });
        });

        Assert.Equal("200", Assert.Single(await conflicts.FindByNameAsync("p200", TestContext.Current.CancellationToken)).PromotionId);
        EpPromoException taken = await Assert.ThrowsAsync<EpPromoException>(
            () => conflicts.ThrowIfPriorityIsTakenAsync(100, "200", TestContext.Current.CancellationToken));
        Assert.Equal("DuplicatePriority", taken.ErrorId);
    }

    private sealed class EmptyStore : StubApi
    {
        public override Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<Promotion>([], 0, 100, 0));
    }
}
