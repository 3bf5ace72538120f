using EpPromo.Jobs;

namespace EpPromo.UnitTests.Http.Requests;

/// <summary>The addresses, queries and bodies that are sent.</summary>
public sealed class RequestTests
{
    private static readonly string[] s_codes = ["a", "b"];

    public static TheoryData<string, string> MalformedIds => new()
    {
        { "a?b=1", "query" }, { "a#b", "fragment" }, { "a%2Fb", "encoded slash" },
        { "", "empty" }, { ".", "dot" }, { "..", "dots" }, { "a/b", "slash" }, { "a\\b", "backslash" }, { "a\r\nX: y", "header" },
        { "a b", "space" }, { "a\u001b[0m", "escape" }, { "é", "not ASCII" }, { new string('a', 129), "long" },
    };

    [Fact]
    public async Task Lists_request_full_pages_by_offset()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok("""{"data":[]}""")));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Promotions.ListPromotionsAsync(null, 200, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync("Summer *", 0, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync("50% 'off'*", 0, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync(@"*\", 0, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync("Ägypten", 0, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync("*", 0, TestStore.Cancel);
        await store.Api.Promotions.ListPromotionsAsync("a*b", 0, TestStore.Cancel);
        await store.Api.Jobs.ListJobsAsync("p1", null, 100, TestStore.Cancel);
        await store.Api.Jobs.ListJobsAsync("p1", JobTypes.Export, 0, TestStore.Cancel);
        await store.Api.Codes.ListCodesAsync("p1", null, 0, TestStore.Cancel);
        await store.Api.Codes.ListCodesAsync("p1", "summer-aa2b-3c4d", 0, TestStore.Cancel);
        await store.Api.Codes.ListCodesAsync("p1", "summer", 200, TestStore.Cancel);
        await store.Api.Codes.ListCodesAsync("p1", "été26", 0, TestStore.Cancel);
        await store.Api.Codes.ListCodesAsync("p1", @"it's 10\", 0, TestStore.Cancel);

        const string first = "page[limit]=100&page[offset]=0";
        Assert.Equal(
            [
                "/v2/rule-promotions?page[limit]=100&page[offset]=200",
                $"/v2/rule-promotions?filter=ilike(name,'Summer *')&{first}",
                $@"/v2/rule-promotions?filter=ilike(name,'50% \'off\'*')&{first}",
                $@"/v2/rule-promotions?filter=ilike(name,'*\\')&{first}",
                $"/v2/rule-promotions?filter=ilike(name,'Ägypten')&{first}",
                $"/v2/rule-promotions?{first}",
                $"/v2/rule-promotions?{first}",
                "/v2/rule-promotions/p1/jobs?page[limit]=100&page[offset]=100",
                $"/v2/rule-promotions/p1/jobs?filter=eq(job_type,'code_export')&{first}",
                $"/v2/rule-promotions/p1/codes?sort=code&{first}",
                $"/v2/rule-promotions/p1/codes?sort=code&filter=gt(code,'summer-aa2b-3c4d')&{first}",
                "/v2/rule-promotions/p1/codes?sort=code&filter=gt(code,summer)&page[limit]=100&page[offset]=200",
                $"/v2/rule-promotions/p1/codes?sort=code&filter=gt(code,'été26')&{first}",
                $@"/v2/rule-promotions/p1/codes?sort=code&filter=gt(code,'it\'s 10\\')&{first}",
            ],
            origin.Calls.Select(call => $"{call.Path}?{call.Query}"));
        Assert.All(origin.Calls, call => Assert.Equal("application/json", call.Headers["Accept"]));
        Assert.All(origin.Calls, call => Assert.DoesNotContain("Cookie", call.Headers.Keys));
    }

    /// <summary>The filters of a request have at most 8 KB, as they are sent (api-contract.md section 3).</summary>
    [Theory]
    [InlineData('x', 9000)]
    [InlineData('\'', 1400)]
    [InlineData('字', 1000)]
    public async Task A_value_too_long_for_a_filter_is_an_error_for_a_code_and_not_sent_for_a_name(char of, int length)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok("""{"data":[]}""")));
        using TestStore store = new(origin.BaseUri);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            async () => await store.Api.Codes.ListCodesAsync("p1", new string(of, length), 0, TestStore.Cancel));
        await store.Api.Promotions.ListPromotionsAsync(new string(of, length), 0, TestStore.Cancel);

        Assert.Equal("BadFilter", error.ErrorId);
        Assert.Equal("page[limit]=100&page[offset]=0", Assert.Single(origin.Calls).Query);
    }

    [Theory]
    [MemberData(nameof(MalformedIds))]
    public async Task A_malformed_id_is_rejected_before_anything_is_sent(string id, string why)
    {
        Assert.NotEmpty(why);
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);
        Func<Task>[] calls =
        [
            () => store.Api.Promotions.GetPromotionAsync(id, TestStore.Cancel),
            () => store.Api.Jobs.ListJobsAsync(id, null, 0, TestStore.Cancel),
            () => store.Api.Codes.ListCodesAsync(id, null, 0, TestStore.Cancel),
            () => store.Api.Jobs.CreateJobAsync(id, Samples.Generate, TestStore.Cancel),
            () => store.Api.Jobs.CancelJobAsync("p1", id, TestStore.Cancel),
            () => store.Api.Jobs.CancelJobAsync(id, "j1", TestStore.Cancel),
            () => store.Api.Jobs.DownloadJobFileAsync("p1", id, Stream.Null, TestStore.Cancel),
            () => store.Api.Codes.DeleteCodesAsync(id, s_codes, TestStore.Cancel),
        ];

        foreach (Func<Task> call in calls)
        {
            EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(async () => await call());
            Assert.Equal(("BadId", ErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
            Assert.DoesNotContain(error.Message, char.IsControl);
        }

        Assert.Empty(origin.Requests);
    }

    [Fact]
    public async Task The_path_of_the_base_URL_is_kept()
    {
        await using ScriptedOrigin origin = new(request => Reply.Ok(request.IsToken ? Reply.TokenJson : """{"data":{"id":"p1"}}"""));
        using TestStore store = new(new Uri(origin.BaseUri, "gateway/ep/"));

        await store.Api.Promotions.GetPromotionAsync("p1", TestStore.Cancel);

        Assert.Equal(["/gateway/ep/oauth/access_token", "/gateway/ep/v2/rule-promotions/p1"], origin.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task Bodies_hold_only_the_parameters_that_are_set()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(Samples.OneJob)));
        using TestStore store = new(origin.BaseUri);

        await store.Api.Jobs.CreateJobAsync("p1", NewJob.Export("all"), TestStore.Cancel);
        await store.Api.Jobs.CreateJobAsync(
            "p1",
            Samples.Generate with { MaxUsesPerCode = 0, CodeLength = 16, ConsumeUnit = ConsumeUnits.PerApplication, CodePrefix = "\"ü\\" },
            TestStore.Cancel);
        await store.Api.Jobs.CancelJobAsync("p1", "j1", TestStore.Cancel);
        await store.Api.Codes.DeleteCodesAsync("p1", s_codes, TestStore.Cancel);

        Assert.Equal(
            [
                """{"data":{"type":"promotion_job","job_type":"code_export","name":"all"}}""",
                """{"data":{"type":"promotion_job","job_type":"code_generate","name":"bf26 0001/0002","parameters":{"number_of_codes":100,"max_uses_per_code":0,"consume_unit":"per_application","code_prefix":"\"ü\\","code_length":16}}}""",
                "",
                """{"data":{"type":"promotion_codes","codes":[{"code":"a"},{"code":"b"}]}}""",
            ],
            origin.Calls.Select(call => call.Body));
        Assert.Equal(["POST", "POST", "POST", "DELETE"], origin.Calls.Select(call => call.Method));
        Assert.Equal("/v2/rule-promotions/p1/jobs/j1/cancel", origin.Calls[2].Target);
        Assert.Equal("0", origin.Calls[2].Headers["Content-Length"]);
        Assert.Equal("/v2/rule-promotions/p1/codes", origin.Calls[3].Target);
    }
}
