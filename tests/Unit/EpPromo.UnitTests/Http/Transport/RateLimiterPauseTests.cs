using EpPromo.Http.Transport;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>A pause that the store asks for: what it delays, and which calls it fails.</summary>
public sealed class RateLimiterPauseTests
{
    [Fact]
    public async Task A_pause_delays_all_requests()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(1000, clock);
        int epoch = await limiter.EnterAsync(TestStore.Cancel);
        limiter.Throttled(epoch, TimeSpan.FromSeconds(3));
        limiter.Throttled(epoch, TimeSpan.FromSeconds(1));

        await limiter.EnterAsync(TestStore.Cancel);
        await limiter.EnterAsync(TestStore.Cancel);

        Assert.Equal([TimeSpan.FromSeconds(3)], clock.Delays);
    }

    [Fact]
    public void A_waiting_request_waits_through_a_new_pause_and_its_wait_before_the_pause_counts()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        AdaptiveRateLimiter limiter = new(1, process.Clock);
        List<double> passed = [];
        process.Start(async () =>
        {
            DateTimeOffset began = process.Clock.UtcNow;
            int epoch = await limiter.EnterAsync(CancellationToken.None);
            Task<int> waiting = limiter.EnterAsync(CancellationToken.None);
            limiter.Throttled(epoch, TimeSpan.FromSeconds(10));
            await waiting;
            passed.Add((process.Clock.UtcNow - began).TotalSeconds);
            await limiter.EnterAsync(CancellationToken.None);
            passed.Add((process.Clock.UtcNow - began).TotalSeconds);
        });
        world.Run(() => process.HasEnded);

        // At half a request a second, of which at most four fifths are used, the next one is due two and a half seconds later.
        Assert.Equal([10, 12.5], passed);
    }

    [Fact]
    public void A_call_without_enough_time_for_a_pause_fails_at_once_and_does_not_block_others()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        AdaptiveRateLimiter limiter = new(1, process.Clock);
        CallContext shortCall = new(new SilentObserver(), TimeSpan.FromSeconds(5), process.Clock);
        process.Start(async () =>
        {
            DateTimeOffset began = process.Clock.UtcNow;
            int epoch = await limiter.EnterAsync(CancellationToken.None);
            Task<int> waiting = limiter.EnterAsync(shortCall, CancellationToken.None);
            limiter.Throttled(epoch, TimeSpan.FromSeconds(10));
            await Assert.ThrowsAsync<AttemptException>(() => waiting);
            Assert.Equal(1.25, (process.Clock.UtcNow - began).TotalSeconds);
            await limiter.EnterAsync(CancellationToken.None);
            Assert.InRange((process.Clock.UtcNow - began).TotalSeconds, 10, 12.5);
        });
        world.Run(() => process.HasEnded);
    }

    /// <remarks>At half a request a second, the next one is due in two seconds. The pause shows within a burst, which is two of 23 a second.</remarks>
    [Fact]
    public void A_request_that_waits_for_a_low_rate_does_not_wait_for_its_turn_to_see_a_pause()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        AdaptiveRateLimiter limiter = new(25, process.Clock);
        CallContext shortCall = new(new SilentObserver(), TimeSpan.FromSeconds(5), process.Clock);
        process.Start(async () =>
        {
            int epoch = 0;
            for (; limiter.RequestsPerSecond > 0.5; epoch++)
            {
                limiter.Throttled(epoch, TimeSpan.Zero);
            }

            DateTimeOffset began = process.Clock.UtcNow;
            Task<int> waiting = limiter.EnterAsync(shortCall, CancellationToken.None);
            Task<int> behind = limiter.EnterAsync(shortCall, CancellationToken.None);
            limiter.Throttled(epoch, TimeSpan.FromSeconds(10));
            await Assert.ThrowsAsync<AttemptException>(() => waiting);
            await Assert.ThrowsAsync<AttemptException>(() => behind);
            Assert.InRange((process.Clock.UtcNow - began).TotalSeconds, 0, 0.1);
        });
        world.Run(() => process.HasEnded);
    }
}
