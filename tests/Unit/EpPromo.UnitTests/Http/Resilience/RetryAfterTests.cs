using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>
/// Retry-After: nothing is sent before the store is ready again, and a wait that does not fit into the call is an error at once.
/// </summary>
public sealed class RetryAfterTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_retry_waits_as_long_as_the_store_asks(int status)
    {
        FakeClock clock = new();
        List<DateTimeOffset> sentAt = [];
        await using ScriptedOrigin origin = new(request =>
        {
            lock (sentAt)
            {
                sentAt.Add(clock.UtcNow);
            }

            return sentAt.Count == 1 ? Reply.Error(status, "Busy", "", "Retry-After: 45") : Reply.Ok(Samples.OneJobPage);
        });
        using TestStore store = new(
            origin.BaseUri,
            options => options with { CallTimeout = TimeSpan.FromMinutes(2), MaxRetryDelay = TimeSpan.FromSeconds(30) },
            clock,
            TestStore.Bearer);

        await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

        Assert.InRange(sentAt[1] - sentAt[0], TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(120));
    }

    [Theory]
    [InlineData(429, "RateLimited", "read")]
    [InlineData(503, "ServerError", "read")]
    [InlineData(429, "RateLimited", "token")]
    [InlineData(503, "ServerError", "token")]
    [InlineData(429, "DownloadFailed", "file")]
    [InlineData(503, "DownloadFailed", "file")]
    public async Task A_wait_longer_than_the_call_timeout_is_an_error_at_once_and_named_in_it(int status, string errorId, string what)
    {
        FakeClock clock = new();
        Reply later = Reply.Error(status, "Busy", "", "Retry-After: 3600");
        await using ScriptedOrigin origin = new(request =>
            request.IsToken ? (what == "token" ? later : Reply.Ok(Reply.TokenJson))
            : what == "file" && request.Path.EndsWith("/file", StringComparison.Ordinal)
                ? Reply.Ok($$"""{"href":"http://{{request.Headers["Host"]}}/codes.csv?Signature=signed-secret"}""")
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
    public async Task A_date_is_relative_to_the_Date_header()
    {
        // Both dates are years ago; only the difference matters.
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Interlocked.Increment(ref calls) == 1
            ? new Reply(
                "HTTP/1.1 503 Busy\r\nDate: Tue, 01 Jan 2019 00:00:00 GMT\r\nRetry-After: Tue, 01 Jan 2019 00:00:09 GMT\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                ReplyEnd.KeepOpen)
            : Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            CallTimeout = TimeSpan.FromSeconds(5),
            MaxRetryDelay = TimeSpan.FromMinutes(1),
        });

        // A wait of nine seconds does not fit into a call of five, so the call fails at once and names the wait.
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal("ServerError", error.ErrorId);
        Assert.Contains("to wait for 9 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_create_fails_at_once_and_later_calls_are_not_sent_during_the_wait()
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
    public async Task An_implausible_wait_gives_the_usual_error(string header)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(429, "Too Many Requests", "", $"Retry-After: {header}")));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal(
            "RateLimited",
            (await Assert.ThrowsAsync<ApiException>(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel))).ErrorId);
    }
}
