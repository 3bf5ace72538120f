using EpPromo.Http.Transport;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>The rate of requests: halved by 429, once an epoch; raised again by what the store accepts; in order, never above the maximum.</summary>
public sealed class AdaptiveRateLimiterTests
{
    [Fact]
    public async Task A_429_halves_the_rate_once_for_all_requests_that_were_on_their_way()
    {
        AdaptiveRateLimiter limiter = new(1000, new FakeClock());
        int[] epochs = [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => limiter.EnterAsync(TestStore.Cancel)))];

        foreach (int sent in epochs)
        {
            limiter.Throttled(sent, TimeSpan.Zero);
        }

        Assert.Equal(500, limiter.RequestsPerSecond);
        limiter.Throttled(await limiter.EnterAsync(TestStore.Cancel), TimeSpan.Zero);
        Assert.Equal(250, limiter.RequestsPerSecond);
    }

    [Fact]
    public async Task It_never_falls_below_the_floor_and_creeps_back_up_to_the_maximum()
    {
        const double max = 1000;
        AdaptiveRateLimiter limiter = new(max, new FakeClock());
        for (int i = 0; i < 30; i++)
        {
            limiter.Throttled(i, TimeSpan.Zero);
        }

        Assert.Equal(0.5, limiter.RequestsPerSecond);

        double before = limiter.RequestsPerSecond;
        int accepted = 0;
        for (; limiter.RequestsPerSecond < max; accepted++)
        {
            limiter.Accepted();
            Assert.InRange(limiter.RequestsPerSecond, before, Math.Min(max, before * 2));
            before = limiter.RequestsPerSecond;
        }

        limiter.Accepted();
        Assert.Equal(max, limiter.RequestsPerSecond);
        Assert.InRange(accepted, 1_000, 20_000);
        Assert.Equal(0, await limiter.EnterAsync(TestStore.Cancel) - 30);
    }

    [Fact]
    public void Full_use_from_half_the_rate_takes_about_ten_seconds_to_the_maximum()
    {
        AdaptiveRateLimiter limiter = new(25, new FakeClock());
        limiter.Throttled(0, TimeSpan.Zero);

        double seconds = 0;
        while (limiter.RequestsPerSecond < 25)
        {
            seconds += 1 / limiter.RequestsPerSecond;
            limiter.Accepted();
        }

        Assert.InRange(seconds, 8, 12);
    }

    [Fact]
    public async Task A_pause_holds_everybody_back()
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
    public async Task Requests_are_spread_and_a_lower_rate_spreads_them_more()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(200, clock);
        Assert.True(TimeOf(await PassAsync(limiter, clock, 40)) >= 0.1);
        limiter.Throttled(0, TimeSpan.Zero);
        limiter.Throttled(1, TimeSpan.Zero);

        // 50 a second now.
        Assert.True(TimeOf(await PassAsync(limiter, clock, 20)) >= 0.3);
    }

    [Fact]
    public async Task In_no_second_are_more_let_through_than_the_maximum()
    {
        const int max = 100;
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(max, clock);

        TimeSpan[] moments = await PassAsync(limiter, clock, 2 * max);

        // All but the first of these pass between the two moments, and they are one more than the maximum.
        Assert.True(moments.Zip(moments.Skip(max + 1), (first, last) => last - first).Min() >= TimeSpan.FromSeconds(1));
    }

    /// <remarks>At 25 a second a burst is two requests, and 23 others follow it within the second.</remarks>
    [Fact]
    public async Task A_burst_passes_at_once_and_the_others_evenly_spaced()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(25, clock);

        TimeSpan[] moments = await PassAsync(limiter, clock, 25);

        Assert.Equal([0, 0, .. Enumerable.Range(1, 23).Select(number => number / 23.0)], moments.Select(at => at.TotalSeconds), (one, other) => Math.Abs(one - other) < 0.0001);
    }

    [Fact]
    public void A_pause_that_begins_while_a_request_waits_is_waited_out_and_the_wait_before_it_counts()
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

        // At half a request a second, of which it uses four fifths at most, the next one is due two and a half seconds later.
        Assert.Equal([10, 12.5], passed);
    }

    [Fact]
    public void A_call_whose_time_ends_with_a_pause_fails_at_once_and_blocks_nobody()
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

    [Fact]
    public async Task Callers_pass_in_the_order_they_came_and_one_who_gives_up_holds_up_nobody()
    {
        FakeClock clock = new() { AutoAdvances = false };
        AdaptiveRateLimiter limiter = new(100, clock);
        using CancellationTokenSource impatience = new();
        List<int> passed = [];
        List<Task> callers = [];
        for (int i = 0; i < 12; i++)
        {
            int number = i;
            callers.Add(Pass(number, number % 3 == 2 ? impatience.Token : TestStore.Cancel));
        }

        Assert.Equal(4, passed.Count);
        await impatience.CancelAsync();
        Task all = Task.WhenAll(callers);
        while (!all.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await all;
        Assert.Equal(passed.Order(), passed);
        Assert.All([0, 1, 3, 4, 6, 7, 9, 10], number => Assert.Contains(number, passed));
        Assert.DoesNotContain(5, passed);

        async Task Pass(int number, CancellationToken cancellationToken)
        {
            try
            {
                await limiter.EnterAsync(cancellationToken);
                lock (passed)
                {
                    passed.Add(number);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Assert.Equal(2, number % 3);
            }
        }
    }

    [Fact]
    public async Task Waiting_for_a_turn_does_not_use_up_the_time_of_a_call()
    {
        await using ScriptedOrigin origin = new(_ => Reply.Ok(Samples.OneJobPage));
        using TestStore store = new(
            origin.BaseUri,
            options => options with { MaxRequestsPerSecond = 4, CallTimeout = TimeSpan.FromSeconds(2) },
            accessToken: TestStore.Bearer);

        // The last of them waits for more than two seconds, and has two for the call itself. Budgets go by the machine's time.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel)));

        Assert.Equal(10, origin.Calls.Count);
    }

    [Fact]
    public async Task The_connection_shows_its_rate_and_counts_what_was_throttled()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1 ? Reply.Error(429, "Too Many Requests") : Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri, options => options with { MaxRequestsPerSecond = 1000 });
        Assert.Equal(1000, store.Connection.RequestsPerSecond);

        await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

        Assert.InRange(store.Connection.RequestsPerSecond, 500, 600);
        Assert.Equal(1, store.Connection.Counters.Throttled);
    }

    /// <summary>Lets requests through one after another; when each passed, from the moment before the first.</summary>
    private static async Task<TimeSpan[]> PassAsync(AdaptiveRateLimiter limiter, FakeClock clock, int requests)
    {
        TimeSpan[] moments = new TimeSpan[requests];
        DateTimeOffset began = clock.UtcNow;
        for (int i = 0; i < requests; i++)
        {
            await limiter.EnterAsync(TestStore.Cancel);
            moments[i] = clock.UtcNow - began;
        }

        return moments;
    }

    private static double TimeOf(TimeSpan[] moments) => moments[^1].TotalSeconds;
}
