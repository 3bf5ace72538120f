using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>What counts against the time of a call.</summary>
public sealed class CallContextTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_pause_requested_by_the_store_counts_and_untimed_work_does_not()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(1000, clock);
        CallContext call = new(new SilentObserver(), 3 * s_second, clock);

        limiter.Throttled(0, 2 * s_second);
        await limiter.EnterAsync(call, TestStore.Cancel);
        Assert.Equal(s_second, call.Remaining);
        await call.UntimedAsync(async () =>
        {
            await clock.DelayAsync(TimeSpan.FromMinutes(1), TestStore.Cancel);
            return true;
        });
        Assert.Equal(s_second, call.Remaining);

        limiter.Throttled(1, s_second);
        AttemptException held = await Assert.ThrowsAsync<AttemptException>(() => limiter.EnterAsync(call, TestStore.Cancel));
        Assert.Equal((AttemptFailure.NotSent, 429, s_second), (held.Failure, held.Error!.StatusCode, held.RetryAfter));
    }
}
