using System.Diagnostics;

namespace EpPromo.UnitTests.Http;

/// <summary>Ctrl+C ends any call soon, and as a cancellation, never as a timeout or an uncertain result.</summary>
public sealed class CancellationTests
{
    /// <summary>Promised are 250 ms; the rest is for a machine that is busy with other tests.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Moments =>
    [
        "token headers stall", "headers stall", "body stalls", "body trickles", "create stalls", "between tries", "in the rate limit",
        "link stalls", "file headers stall", "file body stalls",
    ];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_cancelled_call_ends_soon(string moment)
    {
        await using ScriptedOrigin files = new(_ => moment == "file headers stall"
            ? Reply.Stalled
            : Reply.Partial(200, new string('x', 100_000), 5_000, ReplyEnd.Stall));
        await using ScriptedOrigin origin = new(request => Answer(moment, request, files));
        using TestStore store = new(origin.BaseUri, options => options with
        {
            RetryDelay = TimeSpan.FromMinutes(1),
            MaxRetryDelay = TimeSpan.FromMinutes(1),
            CallTimeout = TimeSpan.FromMinutes(10),
            MaxRequestsPerSecond = moment == "in the rate limit" ? 0.01 : 2000,
        });
        using CancellationTokenSource stop = new();
        using MemoryStream file = new();
        Task call = moment switch
        {
            "create stalls" => store.Api.CreateJobAsync("p1", Samples.Generate, stop.Token),
            "link stalls" or "file headers stall" or "file body stalls" => store.Api.DownloadJobFileAsync("p1", "j1", file, stop.Token),
            _ => store.Api.ListJobsAsync("p1", null, 0, stop.Token),
        };
        await origin.WaitForAsync(moment is "token headers stall" or "in the rate limit" ? 1 : 2, TestStore.Cancel);
        if (moment.StartsWith("file", StringComparison.Ordinal))
        {
            await files.WaitForAsync(1, TestStore.Cancel);
        }

        Stopwatch elapsed = Stopwatch.StartNew();
        await stop.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.InRange(elapsed.Elapsed, TimeSpan.Zero, Soon);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.Null(cancelled.InnerException);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_began_sends_nothing()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.Api.CreateJobAsync("p1", Samples.Generate, new CancellationToken(canceled: true)));

        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task A_timeout_is_no_cancellation()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Stalled));
        using TestStore store = new(origin.BaseUri, options => options with { AttemptTimeout = TimeSpan.FromMilliseconds(100) });
        using CancellationTokenSource never = new();

        await Assert.ThrowsAsync<UncertainResultException>(() => store.Api.CreateJobAsync("p1", Samples.Generate, never.Token));
    }

    private static Reply Answer(string moment, RecordedRequest request, ScriptedOrigin files) => moment switch
    {
        "token headers stall" => Reply.Stalled,
        _ when request.IsToken => Reply.Ok(Reply.TokenJson),
        "headers stall" or "create stalls" or "link stalls" => Reply.Stalled,
        "between tries" => Reply.Error(503, "Busy"),
        "body stalls" or "body trickles" => Reply.Partial(200, Samples.OneJobPage, moment == "body stalls" ? 0 : 99, ReplyEnd.Stall),
        _ => Reply.Ok($$"""{"href":"{{files.BaseUri}}p1/j1_codes.csv?Signature=s"}"""),
    };
}
