using EpPromo.Api;
using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Requests;

/// <summary>What is sent for Promotions Standard, and how the responses are read (api-contract.md section 7).</summary>
public sealed class StandardRequestTests
{
    private static readonly string[] s_codes = ["a", "b"];

    [Fact]
    public async Task Requests_differ_in_the_path_only()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);
        StoreApi standard = store.Connection.Open(store, PromotionKind.Standard);

        foreach (StoreApi api in new[] { store.Api, standard })
        {
            await api.Jobs.CreateJobAsync("p1", Samples.Generate, TestStore.Cancel);
            await api.Jobs.CancelJobAsync("p1", "j1", TestStore.Cancel);
            await api.Codes.DeleteCodesAsync("p1", s_codes, TestStore.Cancel);
            await api.Promotions.GetPromotionAsync("p1", TestStore.Cancel);
        }

        string[] rule = [.. origin.Calls.Take(4).Select(call => $"{call.Method} {call.Target} {call.Body}")];
        Assert.Equal(
            rule.Select(line => line.Replace("/v2/rule-promotions/", "/v2/promotions/", StringComparison.Ordinal)),
            origin.Calls.Skip(4).Select(call => $"{call.Method} {call.Target} {call.Body}"));
        Assert.StartsWith("""POST /v2/promotions/p1/jobs {"data":{"type":"promotion_job",""", $"{origin.Calls[4].Method} {origin.Calls[4].Target} {origin.Calls[4].Body}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"j1","job_type":"code_generate","status":"pending","promotion_id":"p2"}""", "p2")]
    [InlineData("""{"id":"j1","job_type":"code_generate","status":"pending"}""", "p1")]
    public async Task A_job_has_the_id_of_its_promotion(string job, string promotionId)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$"""{"data":[{{job}}]}""")));
        using TestStore store = new(origin.BaseUri);

        Page<PromotionJob> page = await store.Connection.Open(store, PromotionKind.Standard).Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);

        Assert.Equal(promotionId, Assert.Single(page.Items).PromotionId);
    }

    /// <summary>The fields of a promotion are known in part only, so what is strange in them must not hide the promotion.</summary>
    [Theory]
    [InlineData("""{"id":"p1","type":"promotion","name":"Loyalty","enabled":true,"automatic":false,"promotion_type":"percent_discount","schema":{"currencies":[{"currency":"USD","percent":10}]},"min_cart_value":[{"currency":"USD","amount":5000}],"max_discount_value":[],"start":"2018-05-12","end":"2018-05-18T09:30:10Z","meta":{"timestamps":{"created_at":"2020-01-01T00:00:00Z"}}}""", "percent_discount")]
    [InlineData("""{"id":"p1","name":"Loyalty","enabled":true}""", null)]
    [InlineData("""{"id":"p1","name":"Loyalty","enabled":true,"promotion_type":{},"schema":"x","start":"soon"}""", null)]
    public async Task A_promotion_is_read_with_the_fields_that_it_has(string promotion, string? type)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$"""{"data":[{{promotion}}]}""")));
        using TestStore store = new(origin.BaseUri);

        Page<Promotion> page = await store.Connection.Open(store, PromotionKind.Standard).Promotions.ListPromotionsAsync(null, 0, TestStore.Cancel);

        Promotion read = Assert.Single(page.Items);
        Assert.Equal(("p1", "Loyalty", true, type), (read.PromotionId, read.Name, read.Enabled, read.PromotionType));
    }
}
