using EpPromo.Http.Requests;
using EpPromo.Http.Resilience;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>How long a retry is delayed, and that a call ends within its time however long the store asks to wait.</summary>
public sealed class RetryPolicyTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <remarks>Runs on one thread in simulated time, which advances only when all callers wait.</remarks>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void A_call_ends_within_its_timeout_however_often_the_store_asks_to_wait(int callers)
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        SimulatedClock clock = process.Clock;
        StoreOptions options = Options with { CallTimeout = 3 * s_second, MaxRetryDelay = s_second };

        // So fast that even after many 429 responses the rate delays no request; only the pauses do.
        AdaptiveRateLimiter limiter = new(1_000_000, clock);
        RetryPolicy retries = new(options, new StoreCounters(), clock, new SystemRandom());
        TimeSpan[] took = [];
        process.Start(async () => took = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync())));
        world.Run(() => process.HasEnded);

        Assert.Equal(callers, took.Length);
        Assert.All(took, time => Assert.InRange(time, s_second, 3 * s_second));

        async Task<TimeSpan> CallAsync()
        {
            DateTimeOffset began = clock.UtcNow;
            CallContext call = new(new SilentObserver(), options.CallTimeout, clock);
            await Assert.ThrowsAsync<AttemptException>(() => retries.RunAsync<int>(
                Request,
                call,
                async () =>
                {
                    int epoch = await limiter.EnterAsync(RequestKind.Read, call, CancellationToken.None);
                    limiter.Throttled(epoch, s_second);
                    throw AttemptException.Refused(new ApiError { StatusCode = 429, RetryAfter = s_second });
                },
                CancellationToken.None));
            return clock.UtcNow - began;
        }
    }

    [Fact]
    public async Task A_call_that_starts_in_a_pause_longer_than_its_timeout_fails_at_once_and_sends_nothing()
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
    public void Delays_grow_are_jittered_and_are_at_least_as_long_as_the_store_asks(int retry, double? retryAfter, double random, double seconds)
    {
        RetryPolicy retries = new(Options, new StoreCounters(), new FakeClock(), new FixedRandom(random));

        TimeSpan delay = retries.Delay(retry, retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null);

        Assert.Equal(seconds, delay.TotalSeconds, 3);
    }

    private static StoreOptions Options { get; } = new()
    {
        BaseUri = new Uri("https://store.example/"),
        Credential = StoreCredential.FromAccessToken(TestStore.Secret(TestStore.Bearer)),
    };

    private static ApiRequest Request { get; } = new()
    {
        Method = HttpMethod.Get,
        Url = "https://store.example/v2",
        Address = new ApiAddress(Options.BaseUri),
        Kind = RequestKind.Read,
    };

    private sealed class FixedRandom(double number) : IRandomSource
    {
        public double NextDouble() => number;
    }
}
