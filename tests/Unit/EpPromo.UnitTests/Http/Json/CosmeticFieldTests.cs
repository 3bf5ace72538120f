using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Json;

/// <summary>
/// A field that is only displayed may have any value: an invalid one is left empty and the page is read, because fields and words may change
/// at any time (api-contract.md section 4). Fields that decide something are read strictly: <see cref="JsonVariantTests"/>.
/// </summary>
public sealed class CosmeticFieldTests
{
    [Theory]
    [InlineData(""" "priority":"high" """)]
    [InlineData(""" "priority":1.5 """)]
    [InlineData(""" "priority":99999999999 """)]
    [InlineData(""" "description":{"en":"Summer"} """)]
    [InlineData(""" "description":["a"] """)]
    [InlineData(""" "start":1733268700,"end":"soon" """)]
    [InlineData(""" "start":{"date":"2024-01-01"},"end":false """)]
    [InlineData(""" "meta":[] """)]
    [InlineData(""" "meta":{"timestamps":"none"} """)]
    [InlineData(""" "meta":{"timestamps":{"created_at":"yesterday"}} """)]
    public async Task An_invalid_field_of_a_promotion_is_left_empty(string field)
    {
        Promotion promotion = await ReadAsync(
            $$"""{"data":[{"id":"p1","name":"Summer","enabled":true,{{field}}}]}""",
            async api => (await api.Promotions.ListPromotionsAsync(null, 0, TestStore.Cancel)).Items.Single());

        Assert.Equal(("p1", "Summer", true, ""), (promotion.PromotionId, promotion.Name, promotion.Enabled, promotion.Description));
        Assert.Null(promotion.Priority);
        Assert.Null(promotion.Start ?? promotion.End ?? promotion.CreatedAt);
    }

    [Theory]
    [InlineData(""" "id":"p1","enabled":"perhaps" """)]
    [InlineData(""" "id":"p1","automatic":[] """)]
    [InlineData(""" "id":"p1","name":{"en":"Summer"} """)]
    [InlineData(""" "id":7 """)]
    public async Task A_field_that_selects_promotions_must_be_valid(string fields) => Assert.Equal(
        "UnexpectedResponse",
        (await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(
            $$"""{"data":[{ {{fields}} }]}""", api => api.Promotions.ListPromotionsAsync(null, 0, TestStore.Cancel)))).ErrorId);

    [Theory]
    [InlineData(""" "uses":"many" """)]
    [InlineData(""" "max_uses":{"max":1} """)]
    [InlineData(""" "consume_unit":["per_cart"] """)]
    public async Task An_invalid_field_of_a_code_is_left_empty(string field)
    {
        PromotionCode code = await ReadAsync(
            $$$"""{"data":[{"id":"c1","code":"a-1",{{{field}}},"meta":{"timestamps":{"created_at":"2024-01-01T00:00:00Z"} } }]}""",
            async api => (await api.Codes.ListCodesAsync("p1", null, 0, TestStore.Cancel)).Items.Single());

        Assert.Equal(("a-1", "c1", 2024), (code.Code, code.CodeId, code.CreatedAt?.Year));
        Assert.Null(code.Uses ?? code.MaxUses);
        Assert.Null(code.ConsumeUnit);
    }

    /// <summary>The creation time identifies the job that created the code.</summary>
    [Theory]
    [InlineData(""" "code":"a-1","meta":{"timestamps":{"created_at":"yesterday"}} """)]
    [InlineData(""" "code":"a-1","meta":[] """)]
    [InlineData(""" "code":17 """)]
    public async Task A_field_that_identifies_a_code_must_be_valid(string fields) => Assert.Equal(
        "UnexpectedResponse",
        (await Assert.ThrowsAsync<EpPromoException>(() => ReadAsync(
            $$"""{"data":[{ {{fields}} }]}""", api => api.Codes.ListCodesAsync("p1", null, 0, TestStore.Cancel)))).ErrorId);

    [Theory]
    [InlineData("code_generate", """ "parameters":{"number_of_codes":5,"code_length":"eight","max_uses_per_code":[],"consume_unit":{}} """)]
    [InlineData("code_export", """ "parameters":"none" """)]
    [InlineData("code_export", """ "parameters":[] """)]
    [InlineData("code_export", """ "parameters":{"number_of_codes":"all","code_prefix":[]} """)]
    [InlineData("code_export", """ "result":"https://files.example/1" """)]
    [InlineData("code_export", """ "result":{"generated":"none","deleted":-1} """)]
    [InlineData("code_export", """ "meta":{"timestamps":{"updated_at":"a while ago"}} """)]
    public async Task An_invalid_field_of_a_job_is_left_empty(string type, string field)
    {
        PromotionJob job = await ReadAsync(
            $$"""{"data":[{"id":"j1","job_type":"{{type}}","status":"completed","name":"n",{{field}}}]}""",
            async api => (await api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel)).Items.Single());

        Assert.Equal(("j1", type, "n", "completed"), (job.JobId, job.JobType, job.Name, job.Status));
        Assert.Null(job.CodeLength ?? job.MaxUsesPerCode ?? job.Generated ?? job.Deleted);
        Assert.Null(job.CodePrefix ?? job.ConsumeUnit);
        Assert.Null(job.UpdatedAt);
    }

    /// <summary>A token with an unreadable lifetime has the published one (api-contract.md section 2).</summary>
    [Theory]
    [InlineData(""" "expires_in":"an hour" """)]
    [InlineData(""" "expires_in":{},"expires":[] """)]
    [InlineData(""" "expires":"tomorrow","token_type":7,"identifier":{} """)]
    public async Task An_invalid_lifetime_of_a_token_is_ignored(string fields)
    {
        await using ScriptedOrigin origin = new(request => Reply.Ok(
            request.IsToken ? $$"""{"access_token":"bearer-secret-1",{{fields}}}""" : """{"data":[]}"""));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);
        await store.Api.Jobs.ListJobsAsync("p1", null, 0, TestStore.Cancel);

        Assert.Single(origin.Requests, request => request.IsToken);
    }

    private static async Task<T> ReadAsync<T>(string response, Func<StoreApi, Task<T>> read)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(response)));
        using TestStore store = new(origin.BaseUri);
        return await read(store.Api);
    }
}
