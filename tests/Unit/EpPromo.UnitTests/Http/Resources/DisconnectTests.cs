namespace EpPromo.UnitTests.Http.Resources;

/// <summary>Disconnecting a store ends its calls with an error; a create that may have been sent is uncertain.</summary>
public sealed class DisconnectTests
{
    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    public async Task A_create_that_may_have_been_sent_is_uncertain(string waitingFor)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => waitingFor == "headers" ? Reply.Stalled : Reply.Partial(201, Samples.OneJob, 50, ReplyEnd.Stall)));
        using TestStore store = new(origin.BaseUri);
        Task create = store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);
        await origin.WaitForAsync(2, TestStore.Cancel);

        store.Connection.Dispose();

        UncertainResultException uncertain = await Assert.ThrowsAsync<UncertainResultException>(() => create);
        Assert.Equal(SR.DetailStoreDisconnected, uncertain.Reason);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("token")]
    public async Task A_call_that_cannot_have_changed_anything_fails_because_the_store_is_closed(string what)
    {
        await using ScriptedOrigin origin = new(request => request.IsToken && what != "token" ? Reply.Ok(Reply.TokenJson) : Reply.Stalled);
        using TestStore store = new(origin.BaseUri);
        Task call = what == "read"
            ? store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, TestStore.Cancel)
            : store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);
        await origin.WaitForAsync(what == "read" ? 2 : 1, TestStore.Cancel);

        store.Connection.Dispose();

        Assert.Equal("StoreClosed", (await Assert.ThrowsAsync<EpPromoException>(() => call)).ErrorId);
    }

    [Fact]
    public async Task Calls_in_progress_and_later_calls_fail_because_the_store_is_closed()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Stalled));
        TestStore store = new(origin.BaseUri);
        Task inProgress = store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);
        await origin.WaitForAsync(2, TestStore.Cancel);
        store.Dispose();

        Assert.Equal("StoreClosed", (await Assert.ThrowsAsync<EpPromoException>(() => inProgress)).ErrorId);
        Assert.Equal(
            "StoreClosed",
            (await Assert.ThrowsAsync<EpPromoException>(() => store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel))).ErrorId);
    }
}
