using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>What the store asks to wait is waited: never asked again before that, and an error at once where the call has no such time.</summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Nothing_is_asked_again_before_that_time(int status)
    {
        FakeClock clock = new();
        List<DateTimeOffset> asked = [];
        await using ScriptedOrigin origin = new(request =>
        {
            lock (asked)
            {
                asked.Add(clock.UtcNow);
            }

            return asked.Count == 1 ? Reply.Error(status, "Busy", "", "Retry-After: 45") : Reply.Ok(Samples.OneJobPage);
        });
        using TestStore store = new(
            origin.BaseUri,
            options => options with { CallTimeout = TimeSpan.FromMinutes(2), MaxRetryDelay = TimeSpan.FromSeconds(30) },
            clock,
            TestStore.Bearer);

        await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

        Assert.InRange(asked[1] - asked[0], TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(120));
    }

    [Theory]
    [InlineData(429, "RateLimited", "read")]
    [InlineData(503, "ServerError", "read")]
    [InlineData(429, "RateLimited", "token")]
    [InlineData(503, "ServerError", "token")]
    [InlineData(429, "DownloadFailed", "file")]
    [InlineData(503, "DownloadFailed", "file")]
    public async Task A_time_beyond_that_of_the_call_is_an_error_at_once_that_tells_it(int status, string errorId, string what)
    {
        FakeClock clock = new();
        Reply later = Reply.Error(status, "Busy", "", "Retry-After: 3600");
        await using ScriptedOrigin origin = new(request =>
            request.IsToken ? (what == "token" ? later : Reply.Ok(Reply.TokenJson))
            : what == "file" && request.Path.EndsWith("/file", StringComparison.Ordinal)
                ? Reply.Ok($$"""{"href":"http://{{request.Headers["Host"]}}/there.csv?Signature=signed-secret"}""")
            : later);
        using TestStore store = new(
            origin.BaseUri,
            options => options with { CallTimeout = TimeSpan.FromMinutes(2), MaxRetryDelay = TimeSpan.FromSeconds(30) },
            clock);
        using MemoryStream file = new();
        DateTimeOffset began = clock.UtcNow;

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => what == "file"
            ? store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel)
            : store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("3600 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(began, clock.UtcNow);
    }

    [Fact]
    public async Task A_create_is_an_error_at_once_that_tells_it_and_no_later_call_is_sent_before()
    {
        FakeClock clock = new();
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(429, "Too Many Requests", "", "Retry-After: 3600")));
        using TestStore store = new(origin.BaseUri, options => options with { CallTimeout = TimeSpan.FromMinutes(2) }, clock);
        JobCreator creator = new(store.Api.Jobs, clock, new SystemRandom(), new CreateCoordination(), TimeSpan.FromMinutes(1));
        DateTimeOffset began = clock.UtcNow;

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(
            () => creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));
        clock.Advance(TimeSpan.FromMinutes(50));
        EpPromoException later = await Assert.ThrowsAnyAsync<EpPromoException>(
            () => creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal(("RateLimited", ErrorKind.Busy), (error.ErrorId, error.Kind));
        Assert.Contains("3600 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(("RateLimited", ErrorKind.Busy), (later.ErrorId, later.Kind));
        Assert.Contains("600 seconds", later.Message, StringComparison.Ordinal);
        Assert.Equal(began + TimeSpan.FromMinutes(50), clock.UtcNow);
        Assert.Single(origin.Calls);
    }

    [Theory]
    [InlineData("Thu, 01 Jan 2099 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("2147483647")]
    [InlineData("99999999999999999999")]
    public async Task A_time_that_makes_no_sense_breaks_nothing(string header)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(429, "Too Many Requests", "", $"Retry-After: {header}")));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal(
            "RateLimited",
            (await Assert.ThrowsAsync<ApiException>(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel))).ErrorId);
    }
}
