using EpPromo.Api;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>What a read does about answers that are missing, late or wrong, and what it says in the end.</summary>
public sealed class ReadRetryTests
{
    private const string Page = Samples.OneJobPage;

    public static TheoryData<string> Passing =>
    [
        "429", "429 with seconds", "429 with a date", "408", "500", "502 html", "503", "504 empty",
        "reset", "stalled headers", "stalled body", "broken body", "cut body", "not json", "wrong type",
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_again(string what)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1 ? Bad(what) : Reply.Ok(Page)));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            AttemptTimeout = what == "stalled headers" ? TimeSpan.FromMilliseconds(150) : options.AttemptTimeout,
            IdleTimeout = what == "stalled body" ? TimeSpan.FromMilliseconds(150) : options.IdleTimeout,
        });

        Page<PromotionJob> page = await ListAsync(store);

        Assert.Equal(Samples.JobId, Assert.Single(page.Items).JobId);
        Assert.Equal(2, calls);
        Assert.Equal(1, store.Connection.Counters.Retries);
        Assert.Equal(3, store.Connection.Counters.Requests);
        Assert.Contains(store.Lines, line => line.Contains("retry 1 in ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("503", "ServerError", ErrorKind.Unavailable, 10)]
    [InlineData("502 html", "ServerError", ErrorKind.Unavailable, 10)]
    [InlineData("429", "RateLimited", ErrorKind.Busy, 10)]
    [InlineData("reset", "StoreUnavailable", ErrorKind.Unavailable, 10)]
    [InlineData("cut body", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("not json", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("wrong type", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("redirect", "UnexpectedResponse", ErrorKind.InvalidResponse, 5)]
    [InlineData("too large", "ResponseTooLarge", ErrorKind.InvalidResponse, 2)]
    [InlineData("too large, unmeasured", "ResponseTooLarge", ErrorKind.InvalidResponse, 2)]
    [InlineData("large, not json", "UnexpectedResponse", ErrorKind.InvalidResponse, 2)]
    [InlineData("501", "ServerError", ErrorKind.Unavailable, 1)]
    [InlineData("418", "RequestRefused", ErrorKind.Refused, 1)]
    [InlineData("bad filter", "BadFilter", ErrorKind.InvalidArgument, 1)]
    public async Task What_lasts_is_an_error_of_its_own(string what, string errorId, ErrorKind kind, int tries)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Bad(what)));
        using TestStore store = new(origin.BaseUri, options => what.StartsWith("too", StringComparison.Ordinal) ? options with { MaxResponseBytes = 5_000 } : options);

        EpPromoException error = await Assert.ThrowsAnyAsync<EpPromoException>(() => ListAsync(store));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(tries, origin.Calls.Count);
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Fact]
    public async Task A_store_that_never_answers_is_a_timeout_of_the_whole_call()
    {
        // A call's time is the machine's. Seven tries fit in; a machine so slow that not even two do has other troubles.
        await using ScriptedOrigin origin = new(_ => Reply.Stalled);
        using TestStore store = new(
            origin.BaseUri,
            options => options with { AttemptTimeout = TimeSpan.FromMilliseconds(300), CallTimeout = TimeSpan.FromSeconds(2) },
            accessToken: TestStore.Bearer);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store));

        Assert.Equal("StoreTimeout", error.ErrorId);
        Assert.InRange(origin.Calls.Count, 2, 7);
    }

    [Fact]
    public async Task The_time_that_is_named_is_the_one_that_was_over()
    {
        await using ScriptedOrigin origin = new(_ => Reply.Stalled);
        using TestStore store = new(
            origin.BaseUri, options => options with { CallTimeout = TimeSpan.FromMilliseconds(200) }, accessToken: TestStore.Bearer);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store));

        Assert.Equal("StoreTimeout", error.ErrorId);
        Assert.Contains("within 0.2 seconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_to_wait_for_is_read_by_the_stores_clock()
    {
        // Date and Retry-After are both years ago: the difference counts.
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Interlocked.Increment(ref calls) == 1
            ? new Reply(
                "HTTP/1.1 503 Busy\r\nDate: Tue, 01 Jan 2019 00:00:00 GMT\r\nRetry-After: Tue, 01 Jan 2019 00:00:09 GMT\r\nContent-Length: 0\r\n\r\n"u8.ToArray(),
                ReplyEnd.KeepOpen)
            : Reply.Ok(Page)));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            CallTimeout = TimeSpan.FromSeconds(5),
            MaxRetryDelay = TimeSpan.FromMinutes(1),
        });

        // Nine seconds do not fit into a call of five, so the call ends at once, and says what it was asked.
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => ListAsync(store));

        Assert.Equal("ServerError", error.ErrorId);
        Assert.Contains("to wait for 9 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task A_date_that_cannot_be_counted_with_is_passed_over()
    {
        string ok = $"HTTP/1.1 200 OK\r\nDate: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: {Page.Length}\r\n\r\n{Page}";
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => new Reply(System.Text.Encoding.UTF8.GetBytes(ok), ReplyEnd.KeepOpen)));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);

        await ListAsync(store);
        clock.Advance(TimeSpan.FromHours(1));
        await ListAsync(store);

        Assert.InRange(store.Api.Jobs.ServerTime.Year, 2020, 9000);
    }

    [Fact]
    public async Task Packed_answers_are_read_and_dates_teach_the_stores_clock()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.GZip(Page)));
        FakeClock clock = new(DateTimeOffset.UtcNow.AddHours(-5));
        using TestStore store = new(origin.BaseUri, clock: clock);

        Assert.Single((await ListAsync(store)).Items);
        Assert.InRange(store.Api.Jobs.ServerTime, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains("gzip", origin.Calls[0].Headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    private static Task<Page<PromotionJob>> ListAsync(TestStore store) =>
        store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

    private static Reply Bad(string what) => what switch
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
        "cut body" => Reply.Unmeasured(200, Page[..60]),
        "not json" => Reply.Html(200, "<html>Log in</html>"),
        "wrong type" => Reply.Ok("""{"data":"none"}"""),
        "redirect" => Reply.Empty(302, "Location: /v2/elsewhere"),
        "too large" => Reply.Ok($$"""{"data":[],"x":"{{new string('x', 10_000)}}"}"""),
        "too large, unmeasured" => Reply.Unmeasured(200, $$"""{"data":[],"x":"{{new string('x', 10_000)}}"}"""),
        "large, not json" => Reply.Html(200, $"<html>{new string('x', 300_000)}</html>"),
        "bad filter" => Reply.Error(400, "Bad Request", "Could not parse the supplied filter"),
        _ => Reply.Error(int.Parse(what, System.Globalization.CultureInfo.InvariantCulture), "Trouble"),
    };
}
