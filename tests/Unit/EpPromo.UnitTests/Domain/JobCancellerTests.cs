using EpPromo.Jobs;

namespace EpPromo.UnitTests.Domain;

/// <summary>How long a cancel is asked for again. SimulationTests play what it makes of lost answers.</summary>
public class JobCancellerTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_store_that_answers_429_is_given_time(int? retryAfter)
    {
        FakeClock clock = new();
        DateTimeOffset began = clock.UtcNow;
        TimeSpan? asked = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        JobCanceller canceller = new(new ThrottlingStore(asked), clock);

        await Assert.ThrowsAsync<UncertainResultException>(
            () => canceller.CancelAsync("promo-1", "job-1", TestContext.Current.CancellationToken));

        Assert.InRange(clock.UtcNow - began, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_time_to_wait_that_is_too_long_is_an_error_at_once()
    {
        FakeClock clock = new();
        DateTimeOffset began = clock.UtcNow;
        JobCanceller canceller = new(new ThrottlingStore(TimeSpan.FromHours(1)), clock);

        EpPromoException limited = await Assert.ThrowsAnyAsync<EpPromoException>(
            () => canceller.CancelAsync("promo-1", "job-1", TestContext.Current.CancellationToken));

        Assert.Equal(("RateLimited", ErrorKind.Busy), (limited.ErrorId, limited.Kind));
        Assert.Equal(began, clock.UtcNow);
    }

    private sealed class ThrottlingStore(TimeSpan? retryAfter) : StubApi
    {
        public override Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
            throw new UncertainResultException("POST", "429", throttled: true, retryAfter);
    }
}
