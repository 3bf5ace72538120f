using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>
/// A refusal (4xx) without the API's error document: truncated, empty, or a page of a gateway. Its cause is unknown, so a read is retried,
/// and the result of a write is uncertain.
/// </summary>
public sealed class UnexplainedRefusalTests
{
    private const string TooManyJobs =
        """{"errors":[{"status":"400","title":"Too many jobs","detail":"Only 1 pending or processing job is allowed per promotion."}]}""";

    public static TheoryData<string> Bodies => ["truncated", "empty", "html", "an empty object", "no errors", "another type"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_read_is_retried(string what)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) <= 4 ? Refusal(400, what) : Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);

        Assert.Single((await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel)).Items);
        Assert.Equal(5, calls);
    }

    [Theory]
    [InlineData(400, "RequestRefused", ErrorKind.Refused)]
    [InlineData(403, "Forbidden", ErrorKind.PermissionDenied)]
    [InlineData(404, "NotFound", ErrorKind.NotFound)]
    [InlineData(409, "WriteConflict", ErrorKind.Busy)]
    public async Task A_lasting_refusal_of_a_read_is_the_error_for_its_status(int status, string errorId, ErrorKind kind)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Refusal(status, "truncated")));
        using TestStore store = new(origin.BaseUri);

        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel));

        Assert.Equal((errorId, kind), (refused.ErrorId, refused.Kind));
        Assert.Contains($"{status} Status {status}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(5, origin.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_create_and_a_cancel_are_uncertain_and_sent_once(string what)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Refusal(400, what)));
        using TestStore store = new(origin.BaseUri);

        UncertainResultException create = await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));
        await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Jobs.CancelJobAsync(Samples.Promotion, Samples.JobId, TestStore.Cancel));

        Assert.Contains("400 Status 400", create.Reason, StringComparison.Ordinal);
        Assert.False(create.Throttled);
        Assert.Equal(2, origin.Calls.Count);
    }

    [Fact]
    public async Task A_create_is_searched_for_in_the_job_list_and_then_sent_again()
    {
        int creates = 0;
        int lists = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(request =>
            request.Method == "GET" ? Listed(ref lists)
            : Interlocked.Increment(ref creates) == 1 ? Refusal(400, "truncated")
            : Reply.Json(201, Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);
        JobCreator creator = new(store.Api.Jobs, new SystemClock(), new SystemRandom(), new CreateCoordination(), TimeSpan.Zero);

        PromotionJob job = await creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);

        Assert.Equal(Samples.JobId, job.JobId);
        Assert.Equal((2, 1), (creates, lists));

        static Reply Listed(ref int lists)
        {
            Interlocked.Increment(ref lists);
            return Reply.Ok("""{"data":[]}""");
        }
    }

    [Fact]
    public async Task An_unexplained_404_does_not_prove_that_a_lost_create_failed()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            request => request.Method == "GET" ? Reply.Html(404, "<html>") : Reply.Empty(502)));
        using TestStore store = new(origin.BaseUri);
        JobCreator creator = new(store.Api.Jobs, new SystemClock(), new SystemRandom(), new CreateCoordination(), TimeSpan.Zero);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal(("CreateUncertain", ErrorKind.Uncertain), (error.ErrorId, error.Kind));
        Assert.Single(origin.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task A_401_renews_the_token_whatever_its_body()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1 ? Reply.Html(401, "<html>") : Reply.Json(201, Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);

        Assert.Equal(2, calls);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task A_lasting_401_is_certain_whatever_its_body()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Empty(401)));
        using TestStore store = new(origin.BaseUri);

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal("LoginRefused", refused.ErrorId);
        Assert.Equal(3, origin.Calls.Count);
    }

    [Theory]
    [InlineData(422, "truncated")]
    [InlineData(404, "html")]
    public async Task An_unexplained_rejection_does_not_prove_that_codes_are_deleted_or_not(int status, string what)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Refusal(status, what)));
        using TestStore store = new(origin.BaseUri);

        await Assert.ThrowsAsync<UncertainResultException>(
            () => store.Api.Codes.DeleteCodesAsync(Samples.Promotion, ["a", "b"], TestStore.Cancel));

        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task A_request_that_is_too_large_needs_no_explanation()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Html(413, "<html>")));
        using TestStore store = new(origin.BaseUri);

        ApiException error = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Codes.DeleteCodesAsync(Samples.Promotion, ["a"], TestStore.Cancel));

        Assert.Equal("RequestRefused", error.ErrorId);
    }

    private static Reply Refusal(int status, string what) => what switch
    {
        "truncated" => Reply.Json(status, TooManyJobs[..70]),
        "empty" => Reply.Empty(status),
        "html" => Reply.Html(status, "<html><h1>Bad Request</h1></html>"),
        "an empty object" => Reply.Json(status, "{}"),
        "no errors" => Reply.Json(status, """{"errors":[]}"""),
        _ => Reply.Json(status, "[1]"),
    };
}
