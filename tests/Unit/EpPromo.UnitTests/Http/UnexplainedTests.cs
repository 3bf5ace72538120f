using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// A refusal (4xx) without the API's error document: cut in half, empty, or a page of something in between. It may be anything, so a
/// read is tried again, and of a write nobody knows whether it was carried out.
/// </summary>
public sealed class UnexplainedTests
{
    private const string TooManyJobs =
        """{"errors":[{"status":"400","title":"Too many jobs","detail":"Only 1 pending or processing job is allowed per promotion."}]}""";

    public static TheoryData<string> Bodies => ["cut in half", "empty", "html", "an empty object", "no errors", "another type"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_read_is_tried_again(string what)
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) <= 4 ? Bad(400, what) : Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri);

        Assert.Single((await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel)).Items);
        Assert.Equal(5, calls);
    }

    [Theory]
    [InlineData(400, "RequestRefused", ErrorKind.Refused)]
    [InlineData(403, "Forbidden", ErrorKind.PermissionDenied)]
    [InlineData(404, "NotFound", ErrorKind.NotFound)]
    [InlineData(409, "WriteConflict", ErrorKind.Busy)]
    public async Task A_read_that_it_lasts_for_ends_with_the_error_of_its_status(int status, string errorId, ErrorKind kind)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Bad(status, "cut in half")));
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
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Bad(400, what)));
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
    public async Task A_create_is_looked_for_and_then_sent_again()
    {
        int creates = 0;
        int lists = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(request =>
            request.Method == "GET" ? Listed(ref lists)
            : Interlocked.Increment(ref creates) == 1 ? Bad(400, "cut in half")
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
    public async Task A_404_that_says_nothing_is_no_proof_that_a_lost_create_made_nothing()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            request => request.Method == "GET" ? Reply.Html(404, "<html>") : Reply.Empty(502)));
        using TestStore store = new(origin.BaseUri);
        JobCreator creator = new(store.Api.Jobs, new SystemClock(), new SystemRandom(), new CreateCoordination(), TimeSpan.Zero);

        EpPromoException unknown = await Assert.ThrowsAsync<EpPromoException>(
            () => creator.CreateAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal(("CreateUncertain", ErrorKind.Uncertain), (unknown.ErrorId, unknown.Kind));
        Assert.Single(origin.Calls, call => call.Method == "POST");
    }

    [Fact]
    public async Task A_401_means_the_token_whatever_its_body()
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
    public async Task A_401_that_lasts_is_certain_whatever_its_body()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Empty(401)));
        using TestStore store = new(origin.BaseUri);

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel));

        Assert.Equal("LoginRefused", refused.ErrorId);
        Assert.Equal(3, origin.Calls.Count);
    }

    [Fact]
    public async Task Codes_are_deleted_again()
    {
        int calls = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Interlocked.Increment(ref calls) == 1 ? Bad(422, "cut in half") : Reply.Empty(204)));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Codes.DeleteCodesAsync(Samples.Promotion, ["a", "b"], TestStore.Cancel);

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_404_that_says_nothing_is_no_proof_that_codes_are_gone()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            request => request.Method == "DELETE" ? Reply.Html(404, "<html>")
                : Reply.Ok($$"""{"data":{"id":"{{Samples.Promotion}}","type":"rule_promotion","name":"One"} }""")));
        using TestStore store = new(origin.BaseUri);

        ApiException unknown = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Codes.DeleteCodesAsync(Samples.Promotion, ["a"], TestStore.Cancel));

        Assert.Equal("NotFound", unknown.ErrorId);
        Assert.All(origin.Calls, call => Assert.Equal("DELETE", call.Method));
    }

    private static Reply Bad(int status, string what) => what switch
    {
        "cut in half" => Reply.Json(status, TooManyJobs[..70]),
        "empty" => Reply.Empty(status),
        "html" => Reply.Html(status, "<html><h1>Bad Request</h1></html>"),
        "an empty object" => Reply.Json(status, "{}"),
        "no errors" => Reply.Json(status, """{"errors":[]}"""),
        _ => Reply.Json(status, "[1]"),
    };
}
