using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>One request passes at a time, and neither reads nor writes stop the others.</summary>
public sealed class RequestGateTests
{
    private readonly RequestGate _gate = new();
    private readonly List<(string Name, Task Entered)> _waiting = [];

    [Fact]
    public async Task Reads_and_writes_take_turns_while_both_wait()
    {
        Enter("first write", RequestKind.Write);
        Enter("second write", RequestKind.Write);
        Enter("repeatable write", RequestKind.RepeatableWrite);
        Enter("last write", RequestKind.Write);
        Enter("first read", RequestKind.Read);
        Enter("second read", RequestKind.Read);

        Assert.Equal(
            ["first write", "first read", "second write", "second read", "repeatable write", "last write"], await PassAllAsync());
    }

    [Fact]
    public async Task Reads_pass_in_order_while_no_write_waits()
    {
        Enter("first", RequestKind.Read);
        Enter("second", RequestKind.Read);
        Enter("third", RequestKind.Read);

        Assert.Equal(["first", "second", "third"], await PassAllAsync());
    }

    [Fact]
    public async Task A_request_that_is_cancelled_while_it_waits_does_not_stop_others()
    {
        using CancellationTokenSource stop = new();
        Enter("first", RequestKind.Write);
        Task cancelled = _gate.EnterAsync(RequestKind.Read, stop.Token);
        Enter("last", RequestKind.Write);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(["first", "last"], await PassAllAsync());
        await _gate.EnterAsync(RequestKind.Write, TestStore.Cancel);
    }

    private void Enter(string name, RequestKind kind) => _waiting.Add((name, _gate.EnterAsync(kind, TestStore.Cancel)));

    /// <summary>Lets all requests pass, one after another.</summary>
    private async Task<List<string>> PassAllAsync()
    {
        List<string> passed = [];
        while (_waiting.Count > 0)
        {
            Task entered = await Task.WhenAny(_waiting.Select(request => request.Entered));
            (string Name, Task Entered) next = Assert.Single(_waiting, request => request.Entered.IsCompletedSuccessfully);
            Assert.Same(entered, next.Entered);
            _waiting.Remove(next);
            passed.Add(next.Name);
            _gate.Leave();
        }

        return passed;
    }
}
