using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Resources;

/// <summary>The requests for usages, and what is read from the responses.</summary>
public sealed class UsageApiTests
{
    private const string First = "page[limit]=100&page[offset]=0";

    [Fact]
    public async Task Lists_have_the_filters_of_the_guide()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok("""{"data":[]}""")));
        using TestStore store = new(origin.BaseUri);
        DateTimeOffset since = new(2026, 1, 31, 1, 0, 0, TimeSpan.FromHours(1));

        await store.Api.Usages.ListUsagesAsync("p1", new(), 200, TestStore.Cancel);
        await store.Api.Usages.ListUsagesAsync("p1", new() { Code = "it's" }, 0, TestStore.Cancel);
        await store.Api.Usages.ListUsagesAsync("p1", new() { Code = "SAVE10", Since = since, Before = since.AddTicks(1) }, 0, TestStore.Cancel);
        await store.Api.Usages.ListUsagesAsync("p1", new() { Code = new string('x', 9000) }, 0, TestStore.Cancel);
        await store.Api.Usages.ListUsagesOfCodeAsync("p1", "c1", new() { Since = since.AddTicks(9999) }, 0, TestStore.Cancel);

        Assert.Equal(
            [
                "/v2/rule-promotions/p1/usages?page[limit]=100&page[offset]=200",
                $@"/v2/rule-promotions/p1/usages?filter=eq(code,'it\'s')&{First}",
                $"/v2/rule-promotions/p1/usages?filter=eq(code,SAVE10):ge(used_on,'2026-01-31T00:00:00.000Z'):lt(used_on,'2026-01-31T00:00:00.001Z')&{First}",
                $"/v2/rule-promotions/p1/usages?{First}",
                $"/v2/rule-promotions/p1/codes/c1/usages?filter=ge(used_on,'2026-01-31T00:00:00.000Z')&{First}",
            ],
            origin.Calls.Select(call => $"{call.Path}?{call.Query}"));
        await Assert.ThrowsAsync<EpPromoException>(() => store.Api.Usages.ListUsagesOfCodeAsync("p1", "a/b", new(), 0, TestStore.Cancel));
    }

    [Fact]
    public async Task Anonymizing_sends_the_ids_and_is_repeated_if_the_response_is_lost()
    {
        int requests = 0;
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => ++requests == 1
            ? Reply.Empty(502)
            : Reply.Ok("""{"data":[{"id":"U1","anonymized":true,"customer_email":"**"}]}""")));
        using TestStore store = new(origin.BaseUri);

        PromotionUsage usage = Assert.Single(await store.Api.Usages.AnonymizeAsync(["u1", "u2"], TestStore.Cancel));

        Assert.Equal(("U1", "**", true, "", ""), (usage.UsageId, usage.CustomerEmail, usage.Anonymized, usage.PromotionId, usage.Code));
        Assert.Equal(2, origin.Calls.Count);
        Assert.All(origin.Calls, call => Assert.Equal(
            ("/v2/rule-promotions/usages/anonymize", """{"data":{"usage_ids":["u1","u2"]}}"""), (call.Path, call.Body)));
    }

    [Fact]
    public async Task The_error_for_unknown_usages_has_their_ids()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(
            404, """{"errors":[{"status":404,"title":"Not Found","meta":{"usage_ids":["u2",7]}},{"title":"x","meta":[]},{"title":"y","meta":{"usage_ids":"u3"}}]}""")));
        using TestStore store = new(origin.BaseUri);

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => store.Api.Usages.AnonymizeAsync(["u1", "u2"], TestStore.Cancel));

        Assert.Equal(["u2"], error.Error.UsageIds);
    }

    [Theory]
    [InlineData(""" "order_id":{},"customer_email":[],"account_id":true,"meta":{"timestamps":"x"} """, null)]
    [InlineData(""" "used_on":"yesterday" """, "UnexpectedResponse")]
    [InlineData(""" "times_used":-1 """, "UnexpectedResponse")]
    [InlineData(""" "code":17 """, "UnexpectedResponse")]
    [InlineData(""" "anonymized":"maybe" """, "UnexpectedResponse")]
    public async Task What_usages_are_selected_and_counted_by_must_be_valid(string fields, string? error)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$$"""{"data":[{"id":"u1",{{{fields}}}}]}""")));
        using TestStore store = new(origin.BaseUri, Quick);

        Task<EpPromo.Api.Page<PromotionUsage>> list = store.Api.Usages.ListUsagesAsync("p1", new(), 0, TestStore.Cancel);

        if (error is null)
        {
            PromotionUsage usage = Assert.Single((await list).Items);
            Assert.Equal(("u1", "p1", null, null), (usage.UsageId, usage.PromotionId, usage.UsedOn, usage.TimesUsed));
        }
        else
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<EpPromoException>(() => list)).ErrorId);
        }
    }

    private static StoreOptions Quick(StoreOptions options) => options with { CallTimeout = TimeSpan.FromMilliseconds(100) };
}
