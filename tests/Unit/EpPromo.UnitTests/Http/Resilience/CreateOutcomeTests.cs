using System.Net.Sockets;
using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>What a create reports in each case: done, certainly not done, or uncertain; and how often the request is sent.</summary>
public sealed class CreateOutcomeTests
{
    private static readonly StringComparison s_exact = StringComparison.Ordinal;

    public static TheoryData<string> UncertainResponses =>
    [
        "reset", "closed", "stalled headers", "stalled body", "broken body", "408", "500", "502 html", "503", "504 empty", "301", "307",
        "201 html", "201 array", "201 without id", "201 wrong type", "201 empty", "201 too large",
    ];

    [Fact]
    public async Task A_created_job_is_returned()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(201, Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        PromotionJob job = await store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);

        Assert.Equal(Samples.JobId, job.JobId);
        RecordedRequest sent = Assert.Single(origin.Calls);
        Assert.Equal($"/v2/rule-promotions/{Samples.Promotion}/jobs", sent.Path);
        Assert.Equal(
            """{"data":{"type":"promotion_job","job_type":"code_generate","name":"bf26 0001/0002","parameters":{"number_of_codes":100,"code_prefix":"summer-"}}}""",
            sent.Body);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(400, "Too many jobs", "Only 1 pending or processing job is allowed per promotion.", "TooManyJobs", ErrorKind.Busy)]
    [InlineData(400, "Bad Request", "Only 1 pending or processing job is allowed per promotion", "TooManyJobs", ErrorKind.Busy)]
    [InlineData(400, "Bad Request", "name is too long", "RequestRefused", ErrorKind.Refused)]
    [InlineData(403, "Forbidden", "", "Forbidden", ErrorKind.PermissionDenied)]
    [InlineData(404, "Not Found", "no such promotion", "NotFound", ErrorKind.NotFound)]
    [InlineData(409, "Conflict", "write conflict", "WriteConflict", ErrorKind.Busy)]
    [InlineData(415, "Unsupported Media Type", "", "RequestRefused", ErrorKind.Refused)]
    [InlineData(422, "No codes allowed", "Cannot add codes to automatic promotion", "AutomaticPromotion", ErrorKind.Refused)]
    [InlineData(422, "Unprocessable Entity", "something else", "RequestRefused", ErrorKind.Refused)]
    public async Task A_refusal_is_certain(int status, string title, string detail, string errorId, ErrorKind kind)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Error(status, title, detail)));
        using TestStore store = new(origin.BaseUri);

        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal(errorId, refused.ErrorId);
        Assert.Equal(kind, refused.Kind);
        Assert.Equal(status, refused.Error.StatusCode);
        Assert.Contains(title, refused.Message, s_exact);
        Assert.Contains(detail, refused.Message, s_exact);
        Assert.Contains("req-1", refused.Message, s_exact);
        Assert.Single(origin.Calls);
    }

    [Theory]
    [MemberData(nameof(UncertainResponses))]
    public async Task Any_other_failure_is_uncertain_and_the_request_is_sent_once(string what)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => ResponseFor(what)));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            AttemptTimeout = what == "stalled headers" ? TimeSpan.FromMilliseconds(150) : options.AttemptTimeout,
            IdleTimeout = what == "stalled body" ? TimeSpan.FromMilliseconds(150) : options.IdleTimeout,
            MaxResponseBytes = 10_000,
        });

        UncertainResultException uncertain = await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.False(uncertain.Throttled);
        Assert.Contains($"POST v2/rule-promotions/{Samples.Promotion}/jobs", uncertain.Message, s_exact);
        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task A_write_is_not_repeated_when_a_reused_connection_turns_out_to_be_closed()
    {
        // A handler repeats a request by itself when a reused connection turns out to be closed, unless the request has a body.
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            request => request.Method == "GET" ? Reply.Ok(Samples.OneJobPage) : Reply.Closed));
        using TestStore store = new(origin.BaseUri);
        await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel);

        await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));
        await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CancelJobAsync(Samples.Promotion, Samples.JobId, TestStore.Cancel));

        Assert.Equal(2, origin.Calls.Count(request => request.Method == "POST"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Retry-After: 7", 7.0)]
    [InlineData("Retry-After: 86400", 86_400.0)]
    public async Task A_429_is_uncertain_and_marked_as_throttled(string? header, double? seconds)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Reply.Error(429, "Too Many Requests", "slow down", header is null ? [] : [header])));
        using TestStore store = new(origin.BaseUri, options => options with { MaxRetryDelay = TimeSpan.FromSeconds(30) });

        UncertainResultException uncertain = await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.True(uncertain.Throttled);
        Assert.Equal(seconds, uncertain.RetryAfter?.TotalSeconds);
        Assert.Single(origin.Calls);
        Assert.Equal(1, store.Connection.Counters.Throttled);
    }

    [Fact]
    public async Task An_uncertain_create_names_the_promotion_and_the_job()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Stalled));
        using TestStore store = new(origin.BaseUri);
        JobCreator creator = new(store.Api.Jobs, new SystemClock(), new SystemRandom(), new CreateCoordination(), TimeSpan.Zero);
        Task create = creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);
        await origin.WaitForAsync(2, TestStore.Cancel);

        store.Connection.Dispose();

        EpPromoException uncertain = await Assert.ThrowsAsync<EpPromoException>(() => create);
        Assert.Equal(("CreateUncertain", ErrorKind.Uncertain), (uncertain.ErrorId, uncertain.Kind));
        Assert.Contains(Samples.Promotion, uncertain.Message, s_exact);
        Assert.Contains(Samples.Generate.Name!, uncertain.Message, s_exact);
    }

    [Fact]
    public async Task A_create_that_gets_a_401_is_sent_again_with_a_new_token()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1
                ? Reply.Error(401, "Unable to validate access token")
                : Reply.Json(201, Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        PromotionJob job = await store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);

        Assert.Equal(Samples.JobId, job.JobId);
        Assert.Equal(2, origin.Calls.Count);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_create_that_cannot_connect_is_retried_and_has_certainly_failed(string scheme)
    {
        // For https, the port is open but does not speak TLS; for http, nothing listens on it.
        await using ScriptedOrigin notTls = new(_ => Reply.Closed);
        using Socket closedPort = ScriptedOrigin.Reserve();
        Uri address = scheme == "https" ? new Uri($"https://127.0.0.1:{notTls.BaseUri.Port}/") : ScriptedOrigin.UriOf(closedPort);
        using TestStore store = new(address, accessToken: TestStore.Bearer);

        EpPromoException unreachable = await Assert.ThrowsAsync<EpPromoException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal("StoreUnavailable", unreachable.ErrorId);
        Assert.Equal(ErrorKind.Unavailable, unreachable.Kind);
        Assert.True(store.Connection.Counters.Retries > 2);
    }

    [Fact]
    public async Task A_create_succeeds_when_the_store_becomes_reachable_during_its_retries()
    {
        using Socket reserved = ScriptedOrigin.Reserve();
        using TestStore store = new(
            ScriptedOrigin.UriOf(reserved),
            options => options with { RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(1) },
            accessToken: TestStore.Bearer);
        Task<PromotionJob> create = store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);
        while (store.Connection.Counters.Requests == 0)
        {
            await Task.Delay(5, TestStore.Cancel);
        }

        await using ScriptedOrigin late = new(_ => Reply.Json(201, Samples.OneJob), reserved);

        Assert.Equal(Samples.JobId, (await create).JobId);
        Assert.Single(late.Calls);
    }

    private static Reply ResponseFor(string what) => what switch
    {
        "reset" => Reply.Reset,
        "closed" => Reply.Closed,
        "stalled headers" => Reply.Stalled,
        "stalled body" => Reply.Partial(201, Samples.OneJob, 50, ReplyEnd.Stall),
        "broken body" => Reply.Partial(201, Samples.OneJob, 50, ReplyEnd.Close),
        "502 html" => Reply.Html(502, "<html>Bad Gateway</html>"),
        "504 empty" => Reply.Empty(504),
        "301" or "307" => Reply.Empty(Number(what), "Location: http://127.0.0.1:1/elsewhere"),
        "201 html" => Reply.Html(201, "<html>Welcome</html>"),
        "201 array" => Reply.Json(201, "[1]"),
        "201 without id" => Reply.Json(201, """{"data":{"type":"promotion_job"}}"""),
        "201 wrong type" => Reply.Json(201, """{"data":{"id":{"a":1}}}"""),
        "201 empty" => Reply.Empty(201),
        "201 too large" => Reply.Json(201, Samples.OneJob.Replace("bf26", new string('x', 20_000), s_exact)),
        _ => Reply.Error(Number(what), "Server Error"),
    };

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
