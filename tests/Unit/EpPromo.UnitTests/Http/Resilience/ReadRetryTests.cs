using EpPromo.Api;
using EpPromo.Http.Resilience;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>Reads are retried when a response is missing, late or malformed, and each lasting failure has its own error.</summary>
public sealed class ReadRetryTests
{
    private const string Page = Samples.OneJobPage;

    public static TheoryData<string> TransientFailures =>
    [
        "429", "429 with seconds", "429 with a date", "408", "500", "502 html", "503", "504 empty",
        "reset", "stalled headers", "stalled body", "broken body", "truncated body", "not json", "wrong type",
    ];

    [Theory]
    [MemberData(nameof(TransientFailures))]
    public async Task A_transient_failure_is_retried(string what)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1 ? ResponseFor(what) : Reply.Ok(Page)));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            AttemptTimeout = what == "stalled headers" ? TimeSpan.FromMilliseconds(150) : options.AttemptTimeout,
            IdleTimeout = what == "stalled body" ? TimeSpan.FromMilliseconds(150) : options.IdleTimeout,
        });

        Page<PromotionJob> page = await store.ListJobsAsync();

        Assert.Equal(Samples.JobId, Assert.Single(page.Items).JobId);
        Assert.Equal(2, calls);
        Assert.Equal(1, store.Connection.Counters.Retries);
        Assert.Equal(3, store.Connection.Counters.Requests);
        Assert.Contains(store.Lines, line => line.Contains("retry 1 in ", StringComparison.Ordinal));
    }

    /// <summary>So that the command can say that it does not hang.</summary>
    [Theory]
    [InlineData("503", "503")]
    [InlineData("reset", "")]
    public async Task Failed_attempts_are_reported_until_a_request_succeeds(string what, string reason)
    {
        int calls = 0;
        int failures = 3;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) <= failures ? ResponseFor(what) : Reply.Ok(Page)));
        using TestStore store = new(origin.BaseUri);
        await store.ListJobsAsync();
        Assert.Empty(store.Failures);
        (calls, failures) = (0, int.MaxValue);

        await Assert.ThrowsAnyAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal(RetryPolicy.MaxRetries, store.Failures.Count);
        Assert.All(store.Failures, failure =>
        {
            Assert.Equal(origin.BaseUri.Authority, failure.Host);
            Assert.StartsWith(reason, failure.Reason, StringComparison.Ordinal);
        });
        Assert.Equal(store.Failures.Select(failure => failure.Elapsed).Order(), store.Failures.Select(failure => failure.Elapsed));
    }

    [Theory]
    [InlineData("503", "ServerError", ErrorKind.Unavailable, 10)]
    [InlineData("502 html", "ServerError", ErrorKind.Unavailable, 10)]
    [InlineData("429", "RateLimited", ErrorKind.Busy, 10)]
    [InlineData("reset", "StoreUnavailable", ErrorKind.Unavailable, 10)]
    [InlineData("truncated body", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("not json", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("wrong type", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("redirect", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("too large", "ResponseTooLarge", ErrorKind.InvalidResponse, 2)]
    [InlineData("too large, unmeasured", "ResponseTooLarge", ErrorKind.InvalidResponse, 2)]
    [InlineData("large, not json", "UnexpectedResponse", ErrorKind.InvalidResponse, 2)]
    [InlineData("501", "ServerError", ErrorKind.Unavailable, 1)]
    [InlineData("418", "RequestRefused", ErrorKind.Refused, 1)]
    [InlineData("bad filter", "BadFilter", ErrorKind.InvalidArgument, 1)]
    public async Task A_lasting_failure_has_its_own_error(string what, string errorId, ErrorKind kind, int attempts)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => ResponseFor(what)));
        using TestStore store = new(origin.BaseUri, options => what.StartsWith("too", StringComparison.Ordinal) ? options with { MaxResponseBytes = 5_000 } : options);

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(attempts, origin.Calls.Count);
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Fact]
    public async Task A_store_that_never_responds_is_a_timeout_of_the_call()
    {
        // Timeouts use the system clock. Seven attempts fit into the call; on a slow machine fewer.
        await using ScriptedOrigin origin = new(_ => Reply.Stalled);
        using TestStore store = new(
            origin.BaseUri,
            options => options with { AttemptTimeout = TimeSpan.FromMilliseconds(300), CallTimeout = TimeSpan.FromSeconds(2) },
            accessToken: TestStore.Bearer);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal("StoreTimeout", error.ErrorId);
        Assert.InRange(origin.Calls.Count, 2, 7);
    }

    [Fact]
    public async Task A_timeout_error_names_the_limit_that_was_exceeded()
    {
        await using ScriptedOrigin origin = new(_ => Reply.Stalled);
        using TestStore store = new(
            origin.BaseUri, options => options with { CallTimeout = TimeSpan.FromMilliseconds(200) }, accessToken: TestStore.Bearer);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => store.ListJobsAsync());

        Assert.Equal("StoreTimeout", error.ErrorId);
        Assert.Contains("within 0.2 seconds", error.Message, StringComparison.Ordinal);
    }

    private static Reply ResponseFor(string what) => what switch
    {
        "429" => Reply.Error(429, "Too Many Requests"),
        "429 with seconds" => Reply.Error(429, "Too Many Requests", "", "Retry-After: 0"),
        "429 with a date" => Reply.Error(429, "Too Many Requests", "", $"Retry-After: {DateTime.UtcNow:R}"),
        "502 html" => Reply.Html(502, "<html><h1>Bad Gateway</h1></html>"),
        "504 empty" => Reply.Empty(504),
        "reset" => Reply.Reset,
        "stalled headers" => Reply.Stalled,
        "stalled body" => Reply.Partial(200, Page, 60, ReplyEnd.Stall),
        "broken body" => Reply.Partial(200, Page, 60, ReplyEnd.Close),
        "truncated body" => Reply.Unmeasured(200, Page[..60]),
        "not json" => Reply.Html(200, "<html>Log in</html>"),
        "wrong type" => Reply.Ok("""{"data":"none"}"""),
        "redirect" => Reply.Empty(302, "Location: /v2/elsewhere"),
        "too large" => Reply.Ok($$"""{"data":[],"x":"{{new string('x', 10_000)}}"}"""),
        "too large, unmeasured" => Reply.Unmeasured(200, $$"""{"data":[],"x":"{{new string('x', 10_000)}}"}"""),
        "large, not json" => Reply.Html(200, $"<html>{new string('x', 300_000)}</html>"),
        "bad filter" => Reply.Error(400, "Bad Request", "Could not parse the supplied filter"),
        _ => Reply.Error(int.Parse(what, System.Globalization.CultureInfo.InvariantCulture), "Server Error"),
    };
}
