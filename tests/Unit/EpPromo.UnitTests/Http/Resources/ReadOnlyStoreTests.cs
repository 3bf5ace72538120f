using EpPromo.Codes;

namespace EpPromo.UnitTests.Http.Resources;

/// <summary>A store that was connected read-only.</summary>
public sealed class ReadOnlyStoreTests
{
    private static readonly string[] s_codes = ["a", "b"];

    [Fact]
    public async Task Writes_are_rejected_before_anything_is_sent_and_reads_work()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJobPage)));
        using TestStore store = new(origin.BaseUri, options => options with { Name = "live", ReadOnlyReason = () => "it is" });
        Func<Task>[] writes =
        [
            () => store.Api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel),
            () => store.Api.Jobs.CancelJobAsync("p1", "j1", TestStore.Cancel),
            () => store.Api.Codes.AddCodesAsync("p1", [new NewCode { Text = "a" }], TestStore.Cancel),
            () => store.Api.Codes.DeleteCodesAsync("p1", s_codes, TestStore.Cancel),
            () => store.Api.Promotions.CreatePromotionAsync(new() { Name = "n" }, TestStore.Cancel),
            () => store.Api.Promotions.UpdatePromotionAsync("p1", new() { Name = "n" }, TestStore.Cancel),
            () => store.Api.Promotions.DeletePromotionAsync("p1", TestStore.Cancel),
            () => store.Api.Usages.AnonymizeAsync(s_codes, TestStore.Cancel),
        ];

        foreach (Func<Task> write in writes)
        {
            EpPromoException denied = await Assert.ThrowsAsync<EpPromoException>(async () => await write());
            Assert.Equal(("ReadOnlyStore", ErrorKind.PermissionDenied), (denied.ErrorId, denied.Kind));
            Assert.Equal("The store live is read-only: it is. Nothing was changed.", denied.Message);
        }

        Assert.Empty(origin.Requests);
        Assert.Single((await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel)).Items);
    }
}
