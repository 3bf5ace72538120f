using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>
/// The rate of requests: a 429 halves it, once in an epoch; accepted requests raise it again. Requests pass in order, and never faster than
/// the maximum.
/// </summary>
public sealed class AdaptiveRateLimiterTests
{
    [Fact]
    public async Task A_429_halves_the_rate_once_for_all_requests_in_flight()
    {
        AdaptiveRateLimiter limiter = new(1000, new FakeClock());
        int[] epochs = [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => limiter.EnterAsync(TestStore.Cancel)))];

        foreach (int epoch in epochs)
        {
            limiter.Throttled(epoch, TimeSpan.Zero);
        }

        Assert.Equal(500, limiter.RequestsPerSecond);
        limiter.Throttled(await limiter.EnterAsync(TestStore.Cancel), TimeSpan.Zero);
        Assert.Equal(250, limiter.RequestsPerSecond);
    }

    [Fact]
    public async Task The_rate_never_falls_below_its_minimum_and_rises_back_to_the_maximum()
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
    public void At_full_use_the_rate_rises_from_half_to_the_maximum_in_about_ten_seconds()
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
    public async Task Requests_are_spaced_out_and_more_so_at_a_lower_rate()
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
    public async Task No_second_has_more_requests_than_the_maximum()
    {
        const int max = 100;
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(max, clock);

        TimeSpan[] times = await PassAsync(limiter, clock, 2 * max);

        // After the first of the two times, up to the last, one request more than the maximum has passed.
        Assert.True(times.Zip(times.Skip(max + 1), (first, last) => last - first).Min() >= TimeSpan.FromSeconds(1));
    }

    /// <remarks>
    /// At 10,000 a second, of which 9,600 are even, 1,041 ticks are 0.06 % less than an interval. The requests come with the time between
    /// them, so that none waits for a timer.
    /// </remarks>
    [Fact]
    public async Task No_second_has_more_requests_than_a_maximum_whose_interval_is_no_whole_number_of_ticks()
    {
        const int max = 10_000;
        const int burst = 400;
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(max, clock);
        await PassAsync(limiter, clock, burst);

        TimeSpan passed = TimeSpan.Zero;
        for (int i = burst; i <= max; i++)
        {
            clock.Advance(TimeSpan.FromTicks(1_041));
            passed += TimeSpan.FromTicks(1_041) + (await PassAsync(limiter, clock, 1))[0];
        }

        Assert.True(passed >= TimeSpan.FromSeconds(1), $"{passed}");
    }

    /// <remarks>At 25 a second a burst is two requests, and 23 others follow it within the second.</remarks>
    [Fact]
    public async Task A_burst_passes_at_once_and_the_other_requests_are_evenly_spaced()
    {
        FakeClock clock = new();
        AdaptiveRateLimiter limiter = new(25, clock);

        TimeSpan[] times = await PassAsync(limiter, clock, 25);

        Assert.Equal([0, 0, .. Enumerable.Range(1, 23).Select(number => number / 23.0)], times.Select(at => at.TotalSeconds), (one, other) => Math.Abs(one - other) < 0.0001);
    }

    [Fact]
    public async Task Requests_pass_in_order_and_a_cancelled_one_does_not_block_others()
    {
        FakeClock clock = new() { AutoAdvances = false };
        AdaptiveRateLimiter limiter = new(100, clock);
        using CancellationTokenSource cancellation = new();
        List<int> passed = [];
        List<Task> callers = [];
        for (int i = 0; i < 12; i++)
        {
            int number = i;
            callers.Add(Pass(number, number % 3 == 2 ? cancellation.Token : TestStore.Cancel));
        }

        Assert.Equal(4, passed.Count);
        await cancellation.CancelAsync();
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
    public async Task Waiting_for_the_rate_limit_does_not_count_against_the_call_timeout()
    {
        await using ScriptedOrigin origin = new(_ => Reply.Ok(Samples.OneJobPage));
        using TestStore store = new(
            origin.BaseUri,
            options => options with { MaxRequestsPerSecond = 4, CallTimeout = TimeSpan.FromSeconds(2) },
            accessToken: TestStore.Bearer);

        // The last call waits for the rate limit for more than two seconds, which is the timeout of each call. Timeouts use the system
        // clock.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel)));

        Assert.Equal(10, origin.Calls.Count);
    }

    [Fact]
    public async Task The_connection_reports_its_rate_and_counts_429_responses()
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

    /// <summary>Lets requests pass one after another.</summary>
    /// <returns>When each of them passed, from the start.</returns>
    private static async Task<TimeSpan[]> PassAsync(AdaptiveRateLimiter limiter, FakeClock clock, int requests)
    {
        TimeSpan[] times = new TimeSpan[requests];
        DateTimeOffset began = clock.UtcNow;
        for (int i = 0; i < requests; i++)
        {
            await limiter.EnterAsync(TestStore.Cancel);
            times[i] = clock.UtcNow - began;
        }

        return times;
    }

    private static double TimeOf(TimeSpan[] times) => times[^1].TotalSeconds;
}
