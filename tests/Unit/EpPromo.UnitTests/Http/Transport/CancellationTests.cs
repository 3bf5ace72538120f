namespace EpPromo.UnitTests.Http.Transport;

/// <summary>Ctrl+C ends any call soon, as a cancellation and never as a timeout or an uncertain result.</summary>
public sealed class CancellationTests
{
    /// <summary>Every timeout and delay is far longer than <see cref="s_hang"/>, so only the cancellation can end the call.</summary>
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    /// <summary>A call that has not ended by then hangs. How soon a cancellation must end it is tested with the cmdlets.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Stages =>
    [
        "token headers stall", "headers stall", "body stalls", "body trickles", "create stalls", "between attempts", "in the rate limit",
        "link stalls", "file headers stall", "file body stalls",
    ];

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_cancelled_call_ends_at_every_stage(string stage)
    {
        await using ScriptedOrigin files = new(_ => stage == "file headers stall"
            ? Reply.Stalled
            : Reply.Partial(200, new string('x', 100_000), 5_000, ReplyEnd.Stall));
        await using ScriptedOrigin origin = new(request => Respond(stage, request, files));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            AttemptTimeout = s_never,
            IdleTimeout = s_never,
            RetryDelay = s_never,
            MaxRetryDelay = s_never,
            CallTimeout = TimeSpan.FromHours(10),
            MaxRequestsPerSecond = stage == "in the rate limit" ? 0.01 : 2000,
        });
        using CancellationTokenSource stop = new();
        using MemoryStream file = new();
        Task call = stage switch
        {
            "create stalls" => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, stop.Token),
            "link stalls" or "file headers stall" or "file body stalls" => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, stop.Token),
            _ => store.Api.Jobs.ListJobsAsync("p1", null, 0, stop.Token),
        };
        await origin.WaitForAsync(stage is "token headers stall" or "in the rate limit" ? 1 : 2, TestStore.Cancel);
        if (stage.StartsWith("file", StringComparison.Ordinal))
        {
            await files.WaitForAsync(1, TestStore.Cancel);
        }

        await stop.CancelAsync();
        OperationCanceledException cancelled =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(s_hang, TestStore.Cancel));

        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.Null(cancelled.InnerException);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_starts_sends_nothing()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, new CancellationToken(canceled: true)));

        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task A_timeout_is_not_a_cancellation()
    {
        await using ScriptedOrigin origin = new(_ => Reply.Stalled);
        using TestStore store = new(
            origin.BaseUri, options => options with { AttemptTimeout = TimeSpan.FromMilliseconds(100) }, accessToken: TestStore.Bearer);
        using CancellationTokenSource never = new();

        await Assert.ThrowsAsync<UncertainResultException>(() => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, never.Token));
    }

    private static Reply Respond(string stage, RecordedRequest request, ScriptedOrigin files) => stage switch
    {
        "token headers stall" => Reply.Stalled,
        _ when request.IsToken => Reply.Ok(Reply.TokenJson),
        "headers stall" or "create stalls" or "link stalls" => Reply.Stalled,
        "between attempts" => Reply.Error(503, "Busy"),
        "body stalls" or "body trickles" => Reply.Partial(200, Samples.OneJobPage, stage == "body stalls" ? 0 : 99, ReplyEnd.Stall),
        _ => Reply.Ok($$"""{"href":"{{files.BaseUri}}p1/j1_codes.csv?Signature=s"}"""),
    };
}
