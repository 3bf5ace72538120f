using System.Diagnostics;
using EpPromo.Http;

namespace EpPromo.UnitTests.Http;

/// <summary>The rate of requests: halved by 429, once a round; raised again by what the store accepts; in order, never above the maximum.</summary>
public sealed class AdaptiveRateTests
{
    [Fact]
    public async Task A_429_halves_the_rate_once_for_all_requests_that_were_on_their_way()
    {
        using AdaptiveRate rate = new(1000, new FakeClock());
        int[] round = [.. await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rate.EnterAsync(TestStore.Cancel)))];

        foreach (int sent in round)
        {
            rate.Throttled(sent, TimeSpan.Zero);
        }

        Assert.Equal(500, rate.RequestsPerSecond);
        rate.Throttled(await rate.EnterAsync(TestStore.Cancel), TimeSpan.Zero);
        Assert.Equal(250, rate.RequestsPerSecond);
    }

    [Fact]
    public async Task It_never_falls_below_the_floor_and_creeps_back_up_to_the_maximum()
    {
        const double max = 1000;
        using AdaptiveRate rate = new(max, new FakeClock());
        for (int i = 0; i < 30; i++)
        {
            rate.Throttled(i, TimeSpan.Zero);
        }

        Assert.Equal(0.5, rate.RequestsPerSecond);

        double before = rate.RequestsPerSecond;
        int accepted = 0;
        for (; rate.RequestsPerSecond < max; accepted++)
        {
            rate.Accepted();
            Assert.InRange(rate.RequestsPerSecond, before, Math.Min(max, before * 2));
            before = rate.RequestsPerSecond;
        }

        rate.Accepted();
        Assert.Equal(max, rate.RequestsPerSecond);
        Assert.InRange(accepted, 1_000, 20_000);
        Assert.Equal(0, await rate.EnterAsync(TestStore.Cancel) - 30);
    }

    [Fact]
    public void Full_use_from_half_the_rate_takes_about_ten_seconds_to_the_maximum()
    {
        using AdaptiveRate rate = new(25, new FakeClock());
        rate.Throttled(0, TimeSpan.Zero);

        double seconds = 0;
        while (rate.RequestsPerSecond < 25)
        {
            seconds += 1 / rate.RequestsPerSecond;
            rate.Accepted();
        }

        Assert.InRange(seconds, 8, 12);
    }

    [Fact]
    public async Task A_pause_holds_everybody_back()
    {
        FakeClock clock = new();
        using AdaptiveRate rate = new(1000, clock);
        int round = await rate.EnterAsync(TestStore.Cancel);
        rate.Throttled(round, TimeSpan.FromSeconds(3));
        rate.Throttled(round, TimeSpan.FromSeconds(1));

        await rate.EnterAsync(TestStore.Cancel);
        await rate.EnterAsync(TestStore.Cancel);

        Assert.Equal([TimeSpan.FromSeconds(3)], clock.Delays);
    }

    /// <remarks>
    /// In real time, because the runtime's token bucket goes by no clock but its own. So only what holds on any machine is asserted: a fast
    /// one cannot get requests through sooner, and a slow one may be as late as it likes, short of a hang.
    /// </remarks>
    [Fact]
    public async Task Requests_are_spread_and_a_lower_rate_spreads_them_more()
    {
        using CancellationTokenSource hang = HangGuard();
        using AdaptiveRate rate = new(200, new FakeClock());
        Assert.True(TimeOf(await PassAsync(rate, 40, hang.Token)) >= 0.1);
        rate.Throttled(0, TimeSpan.Zero);
        rate.Throttled(1, TimeSpan.Zero);

        // 50 a second now.
        Assert.True(TimeOf(await PassAsync(rate, 20, hang.Token)) >= 0.3);
    }

    /// <remarks>In real time as well. One after another, each is let through before its moment is taken and after the one before it was.</remarks>
    [Fact]
    public async Task In_no_second_are_more_let_through_than_the_maximum()
    {
        const int max = 100;
        using CancellationTokenSource hang = HangGuard();
        using AdaptiveRate rate = new(max, new FakeClock());

        TimeSpan[] moments = await PassAsync(rate, 2 * max, hang.Token);

        // All but the first of these surely fall between the two moments, and they are one more than the maximum.
        Assert.True(moments.Zip(moments.Skip(max + 1), (first, last) => last - first).Min() >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Callers_pass_in_the_order_they_came_and_one_who_gives_up_holds_up_nobody()
    {
        using AdaptiveRate rate = new(100, new FakeClock());
        using CancellationTokenSource impatience = new();
        List<int> passed = [];
        List<Task> callers = [];
        for (int i = 0; i < 12; i++)
        {
            int number = i;
            callers.Add(Pass(number, number % 3 == 2 ? impatience.Token : TestStore.Cancel));
        }

        await impatience.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal(passed.Order(), passed);
        Assert.All([0, 1, 3, 4, 6, 7, 9, 10], number => Assert.Contains(number, passed));

        async Task Pass(int number, CancellationToken cancellationToken)
        {
            try
            {
                await rate.EnterAsync(cancellationToken);
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
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => store.Api.ListJobsAsync("p1", null, 0, TestStore.Cancel)));

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

        await store.Api.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

        Assert.InRange(store.Connection.RequestsPerSecond, 500, 600);
        Assert.Equal(1, store.Connection.Counters.Throttled);
    }

    /// <summary>Lets requests through one after another; when each was, from the moment before the first.</summary>
    private static async Task<TimeSpan[]> PassAsync(AdaptiveRate rate, int requests, CancellationToken cancellationToken)
    {
        TimeSpan[] moments = new TimeSpan[requests];
        Stopwatch elapsed = Stopwatch.StartNew();
        for (int i = 0; i < requests; i++)
        {
            await rate.EnterAsync(cancellationToken);
            moments[i] = elapsed.Elapsed;
        }

        return moments;
    }

    private static double TimeOf(TimeSpan[] moments) => moments[^1].TotalSeconds;

    private static CancellationTokenSource HangGuard()
    {
        CancellationTokenSource guard = CancellationTokenSource.CreateLinkedTokenSource(TestStore.Cancel);
        guard.CancelAfter(TimeSpan.FromMinutes(1));
        return guard;
    }
}
