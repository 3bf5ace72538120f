using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>What counts against the time of a call.</summary>
public sealed class CallContextTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_pause_requested_by_the_store_counts_and_untimed_work_does_not()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(1000, clock);
        CallContext call = new(new SilentObserver(), 3 * Second, clock);

        limiter.Throttled(0, 2 * Second);
        await limiter.EnterAsync(call, TestStore.Cancel);
        Assert.Equal(Second, call.Remaining);
        await call.UntimedAsync(async () =>
        {
            await clock.DelayAsync(TimeSpan.FromMinutes(1), TestStore.Cancel);
            return true;
        });
        Assert.Equal(Second, call.Remaining);

        limiter.Throttled(1, Second);
        AttemptException held = await Assert.ThrowsAsync<AttemptException>(() => limiter.EnterAsync(call, TestStore.Cancel));
        Assert.Equal((AttemptFailure.NotSent, 429, Second), (held.Failure, held.Error!.StatusCode, held.RetryAfter));
    }
}
