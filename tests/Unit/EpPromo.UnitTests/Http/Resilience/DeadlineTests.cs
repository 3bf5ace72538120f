using EpPromo.Http.Requests;
using EpPromo.Http.Resilience;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>A call ends within its time, whatever the store asks to wait; and how long is waited before a try is repeated.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <remarks>On one thread, in virtual time: it moves on only when every caller waits.</remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_call_ends_in_its_time_however_often_it_and_the_others_are_told_to_wait(int callers)
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        SimulatedClock clock = process.Clock;
        StoreOptions options = Options with { CallTimeout = 3 * Second, MaxRetryDelay = Second };

        // So fast that even after many 429s the rate delays nobody: what is left are the pauses.
        AdaptiveRateLimiter limiter = new(1_000_000, clock);
        RetryPolicy retries = new(options, new StoreCounters(), clock, new SystemRandom());
        TimeSpan[] took = [];
        process.Start(async () => took = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync())));
        world.Run(() => process.HasEnded);

        Assert.Equal(callers, took.Length);
        Assert.All(took, time => Assert.InRange(time, Second, 3 * Second));

        async Task<TimeSpan> CallAsync()
        {
            DateTimeOffset began = clock.UtcNow;
            CallContext call = new(new SilentObserver(), options.CallTimeout, clock);
            await Assert.ThrowsAsync<AttemptException>(() => retries.RunAsync<int>(
                Request,
                call,
                async () =>
                {
                    int epoch = await limiter.EnterAsync(call, CancellationToken.None);
                    limiter.Throttled(epoch, Second);
                    throw AttemptException.Refused(new ApiError { StatusCode = 429, RetryAfter = Second });
                },
                CancellationToken.None));
            return clock.UtcNow - began;
        }
    }

    [Fact]
    public async Task A_pause_that_is_asked_of_all_counts_and_a_turn_does_not()
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

    [Fact]
    public async Task A_call_that_begins_in_a_pause_longer_than_its_time_ends_at_once_and_sends_nothing()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(429, "Too Many Requests", "", "Retry-After: 30")));
        using TestStore store = new(
            origin.BaseUri,
            options => options with { CallTimeout = TimeSpan.FromSeconds(20), MaxRetryDelay = TimeSpan.FromSeconds(30) });

        foreach (Func<Task> call in new Func<Task>[]
        {
            () => store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel),
            () => store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel),
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel),
        })
        {
            ApiException limited = await Assert.ThrowsAsync<ApiException>(call);
            Assert.Equal(("RateLimited", ErrorKind.Busy, 429), (limited.ErrorId, limited.Kind, limited.Error.StatusCode));
        }

        Assert.Single(origin.Calls);
    }

    [Theory]
    [InlineData(0, null, 0.5, 0.25)]
    [InlineData(3, null, 0.5, 2)]
    [InlineData(20, null, 0.5, 15)]
    [InlineData(3, 0.0, 0.5, 2)]
    [InlineData(3, 1.0, 0.5, 2)]
    [InlineData(3, 8.0, 0.5, 9)]
    [InlineData(3, 8.0, 0.0, 8)]
    [InlineData(0, 45.0, 0.0, 45)]
    [InlineData(0, 86_400.0, 0.0, 86_400)]
    [InlineData(0, 86_400.0, 0.5, 97_200)]
    public void A_pause_grows_is_jittered_and_is_not_shorter_than_the_store_asks(int repeat, double? asked, double random, double seconds)
    {
        RetryPolicy retries = new(Options, new StoreCounters(), new FakeClock(), new Fixed(random));

        TimeSpan pause = retries.Delay(repeat, asked is { } wait ? TimeSpan.FromSeconds(wait) : null);

        Assert.Equal(seconds, pause.TotalSeconds, 3);
    }

    private static StoreOptions Options { get; } = new()
    {
        BaseUri = new Uri("https://store.example/"),
        Credential = StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer)),
    };

    private static ApiRequest Request { get; } = new()
    {
        Method = HttpMethod.Get,
        Url = new Flurl.Url("https://store.example/v2"),
        Path = "v2",
        Kind = RequestKind.Read,
    };

    private sealed class Fixed(double number) : IRandomSource
    {
        public double NextDouble() => number;
    }
}
