using EpPromo.Jobs;

namespace EpPromo.UnitTests.Jobs;

/// <summary>How long a throttled cancel is retried. SimulationTests cover cancels whose responses are lost.</summary>
public class JobCancellerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_throttled_cancel_is_retried(int? retryAfter)
    {
        FakeClock clock = new();
        DateTimeOffset startedAt = clock.UtcNow;
        TimeSpan? requested = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        JobCanceller canceller = new(new ThrottlingStore(requested), clock);

        await Assert.ThrowsAsync<UncertainResultException>(
            () => canceller.CancelAsync("promo-1", "job-1", TestContext.Current.CancellationToken));

        Assert.InRange(clock.UtcNow - startedAt, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_requested_delay_that_is_too_long_is_an_error_at_once()
    {
        FakeClock clock = new();
        DateTimeOffset startedAt = clock.UtcNow;
        JobCanceller canceller = new(new ThrottlingStore(TimeSpan.FromHours(1)), clock);

        EpPromoException limited = await Assert.ThrowsAnyAsync<EpPromoException>(
            () => canceller.CancelAsync("promo-1", "job-1", TestContext.Current.CancellationToken));

        Assert.Equal(("RateLimited", ErrorKind.Busy), (limited.ErrorId, limited.Kind));
        Assert.Equal(startedAt, clock.UtcNow);
    }

    private sealed class ThrottlingStore(TimeSpan? retryAfter) : StubApi
    {
        public override Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
            throw new UncertainResultException("POST", "429", throttled: true, retryAfter);
    }
}
