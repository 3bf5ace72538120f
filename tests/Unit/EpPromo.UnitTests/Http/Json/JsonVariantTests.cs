using EpPromo.Api;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Http.Json;

/// <summary>The variants of a response that are accepted (api-contract.md sections 4 to 7), and those that are invalid.</summary>
public sealed class JsonVariantTests
{
    [Fact]
    public async Task All_fields_of_a_job_are_read()
    {
        PromotionJob job = await OneJobAsync(Samples.Job);

        Assert.Equal(Samples.JobId, job.JobId);
        Assert.Equal(Samples.Promotion, job.PromotionId);
        Assert.Equal("code_generate", job.JobType);
        Assert.Equal("bf26 0001/0002", job.Name);
        Assert.Equal("completed", job.Status);
        Assert.Equal((100, 1, 8), (job.NumberOfCodes, job.MaxUsesPerCode, job.CodeLength));
        Assert.Equal(("summer-", "per_checkout"), (job.CodePrefix, job.ConsumeUnit));
        Assert.Equal((100, 0), (job.Generated, job.Deleted));
        Assert.Equal(new DateTimeOffset(2024, 12, 3, 23, 31, 40, TimeSpan.Zero).AddTicks(9_626_804), job.CreatedAt);
        Assert.Equal(new DateTimeOffset(2024, 12, 3, 23, 31, 45, 100, TimeSpan.Zero), job.UpdatedAt);
        Assert.Null(job.Error);
    }

    [Theory]
    [InlineData(""" "generate_result":{"generated":7,"deleted":null} """, 7, null)]
    [InlineData(""" "result":{"generated":7} """, 7, null)]
    [InlineData(""" "result":{"generated":"7","deleted":2.0} """, 7, 2)]
    [InlineData(""" "result":null,"generate_result":{"generated":7} """, 7, null)]
    [InlineData(""" "result":{} """, null, null)]
    [InlineData(""" "unknown":{"generated":7} """, null, null)]
    public async Task Counts_are_read_under_either_name(string fields, int? generated, int? deleted)
    {
        PromotionJob job = await OneJobAsync($$"""{"id":"j1",{{fields}}}""");

        Assert.Equal((generated, deleted), (job.Generated, job.Deleted));
    }

    [Theory]
    [InlineData(""" "promotion_id":"p9" """, "p9")]
    [InlineData(""" "rule_promotion_id":"p8","promotion_id":"p9" """, "p8")]
    [InlineData(""" "rule_promotion_id":null """, Samples.Promotion)]
    [InlineData(""" "rule_promotion_id":"" """, Samples.Promotion)]
    [InlineData(""" "name":"x" """, Samples.Promotion)]
    public async Task The_promotion_id_has_one_of_two_names_or_is_missing(string fields, string promotionId) =>
        Assert.Equal(promotionId, (await OneJobAsync($$"""{"id":"j1",{{fields}}}""")).PromotionId);

    [Theory]
    [InlineData("2024-12-03T23:31:40Z", 0)]
    [InlineData("2024-12-03T23:31:40.5Z", 5_000_000)]
    [InlineData("2024-12-04T01:31:40.000000999+02:00", 9)]
    [InlineData("2024-12-03T23:31:40", 0)]
    [InlineData("2024-12-03T23:31:40.123456789012Z", 1_234_567)]
    public async Task Times_have_any_number_of_digits_and_any_offset(string time, long ticks)
    {
        PromotionJob job = await OneJobAsync($$$"""{"id":"j1","meta":{"timestamps":{"created_at":"{{{time}}}","updated_at":""} } }""");

        Assert.Equal(new DateTimeOffset(2024, 12, 3, 23, 31, 40, TimeSpan.Zero).AddTicks(ticks), job.CreatedAt);
        Assert.Null(job.UpdatedAt);
    }

    [Theory]
    [InlineData(""" "error":"codes limit exceeded" """, "codes limit exceeded")]
    [InlineData(""" "error":"" """, null)]
    [InlineData(""" "error":{"code":7} """, """{"code":7}""")]
    public async Task The_error_of_a_job_is_shown_whatever_its_type(string fields, string? error) =>
        Assert.Equal(error, (await OneJobAsync($$"""{"id":"j1","status":"failed",{{fields}}}""")).Error);

    [Fact]
    public async Task Unknown_fields_are_ignored_and_unknown_words_are_kept()
    {
        PromotionJob job = await OneJobAsync(
            """{"id":"17","status":"paused","job_type":"code_import","shiny":[{"new":1}],"meta":{"owner":"x"},"parameters":{"extra":[]}}""");

        Assert.Equal(("17", "paused", "code_import"), (job.JobId, job.Status, job.JobType));
        Assert.False(job.IsFinished);
    }

    [Fact]
    public async Task Control_characters_do_not_reach_the_models()
    {
        PromotionJob job = await OneJobAsync(
            """{"id":"j1","name":"a\u001b[2J\u009b1mb\r\nc\u0000d\u007f","status":"com\u0007pleted","error":"\u001b]0;x"}""");

        Assert.Equal("a\uFFFD[2J\uFFFD1mb  c\uFFFDd\uFFFD", job.Name);
        Assert.DoesNotContain(job.Status + job.Error, char.IsControl);
    }

    [Theory]
    [InlineData("""{"data":[]}""", 0, null, null)]
    [InlineData("""{"data":[],"meta":{"page":{"limit":25},"results":{"total":300}}}""", 0, 25, 300)]
    [InlineData("""{"data":null,"meta":{"page":{"limit":25},"results":{"total":0}}}""", 0, 25, 0)]
    [InlineData("""{"data":null,"meta":{"results":{"total":300}}}""", 0, null, 300)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":25},"results":{"total":10000,"total_method":"lower_bound"}}}""", 1, 25, null)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":25},"results":{"total":1,"total_method":"observed"}}}""", 1, 25, null)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":25},"results":{"total":1,"total_method":["guess"]}}}""", 1, 25, null)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":25},"results":{"total":1,"total_method":"exact"}}}""", 1, 25, 1)]
    [InlineData("""{"data":[],"meta":{"page":{"limit":25},"results":{"total":1000,"total_method":"lower_bound"}}}""", 0, 25, null)]
    [InlineData("""{"data":[{"id":"j1","name":""}],"meta":{"page":{"limit":25,"offset":300,"current":1,"total":1},"results":{"total":1}}}""", 1, 25, 1)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":"50"},"results":{"total":"9"}}}""", 1, 50, 9)]
    [InlineData("""{"data":[{"id":"j1"}],"meta":{"page":{"limit":0},"results":{}}}""", 1, null, null)]
    [InlineData("""{"data":[{"id":"j1"}],"links":{"next":"https://evil.example/"},"meta":{}}""", 1, null, null)]
    public async Task A_page_may_lack_links_and_meta(string response, int items, int? limit, int? total)
    {
        Page<PromotionJob> page = await PageAsync(response);

        Assert.Equal((items, 300, limit, total), (page.Items.Count, page.Offset, page.Limit, page.Total));
    }

    [Theory]
    [InlineData("""{"data":[{"id":"j1","name":{"a":1}}]}""")]
    [InlineData("""{"data":[{"id":"j1","status":["pending"]}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","parameters":"none"}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","parameters":{"number_of_codes":"many"}}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","parameters":{"number_of_codes":1e300}}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","parameters":{"code_prefix":["a"]}}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","result":{"generated":-5}}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","result":{"generated":1.5}}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_import","result":"7"}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":"code_generate","meta":{"timestamps":{"updated_at":"later"}}}]}""")]
    [InlineData("""{"data":[],"meta":{"page":{"offset":"far"}}}""")]
    [InlineData("""{"data":[{"id":"j1","meta":{"timestamps":{"created_at":"yesterday"}}}]}""")]
    [InlineData("""{"data":[{"id":"j1","meta":{"timestamps":{"created_at":1733268700}}}]}""")]
    [InlineData("""{"data":[{"id":""}]}""")]
    [InlineData("""{"data":[{"id":42}]}""")]
    [InlineData("""{"data":[{"id":"j1","rule_promotion_id":42}]}""")]
    [InlineData("""{"data":[{"job_type":"code_export","status":"completed","name":"x"}]}""")]
    [InlineData("""{"data":[{"id":"bare"}]}""")]
    [InlineData("""{"data":[{"id":"bare","status":"completed","name":"x"}]}""")]
    [InlineData("""{"data":[{"id":"bare","job_type":"code_export","name":"x"}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":42}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":null}]}""")]
    [InlineData("""{"data":[{"id":"j1","job_type":""}]}""")]
    [InlineData("""{"data":[{"id":"j1","status":17}]}""")]
    [InlineData("""{"data":[{"id":"j1","status":null}]}""")]
    [InlineData("""{"data":[{"id":"j1","name":42}]}""")]
    [InlineData("""{"data":[{"id":"j1","name":null}]}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":null,"meta":{"results":{}}}""")]
    [InlineData("""{"data":null,"meta":{"results":{"total":301}}}""")]
    [InlineData("""{"data":[],"meta":{"page":{"limit":25},"results":{"total":301}}}""")]
    [InlineData("""{"data":["j1"]}""")]
    [InlineData("""{"data":{"id":"j1"}}""")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("""[{"id":"j1"}]""")]
    [InlineData("""{"data":[]}{"data":[]}""")]
    [InlineData("""{"data":[]""")]
    [InlineData("\"data\"")]
    [InlineData("")]
    public async Task A_value_that_cannot_be_right_is_an_invalid_response(string response)
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => PageAsync(response));

        Assert.Equal(("UnexpectedResponse", ErrorKind.InvalidResponse), (error.ErrorId, error.Kind));
    }

    [Fact]
    public async Task Deep_nesting_is_an_invalid_response()
    {
        string deep = $$"""{"data":[{"id":"j1","x":{{new string('[', 50_000)}}{{new string(']', 50_000)}}}]}""";

        Assert.Equal("UnexpectedResponse", (await Assert.ThrowsAsync<EpPromoException>(() => PageAsync(deep))).ErrorId);
    }

    [Fact]
    public async Task A_type_named_in_a_response_is_not_created()
    {
        PromotionJob job = await OneJobAsync("""{"$type":"System.IO.FileInfo, System.IO.FileSystem","id":"j1","$ref":"1"}""");

        Assert.Equal("j1", job.JobId);
    }

    [Theory]
    [InlineData("""{"errors":[{"status":"422","title":"T","detail":"D","source":"body","request_id":"r1"}]}""", "T", "D", "r1")]
    [InlineData("""{"errors":[{"status":422,"title":"T","source":{"pointer":"/x"}}]}""", "T", "", null)]
    [InlineData("""{"errors":[{"title":"T","detail":"D1"},{"title":"U","detail":"D2"}]}""", "T", "D1; D2", null)]
    [InlineData("""{"errors":{"title":"T","detail":{"a":1}}}""", "T", "", null)]
    [InlineData("""{"errors":["oops"]}""", "Status 422", "", null)]
    [InlineData("""{"errors":"oops"}""", "Status 422", "", null)]
    [InlineData("""{"message":"T"}""", "T", "", null)]
    [InlineData("<html>oops</html>", "Status 422", "", null)]
    [InlineData("", "Status 422", "", null)]
    [InlineData("""{"errors":[{"title":"T\u001b[0m","detail":"a\nb"}]}""", "T\uFFFD[0m", "a b", null)]
    public async Task An_error_is_read_in_any_known_form(string body, string title, string detail, string? requestId)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(422, body)));
        using TestStore store = new(origin.BaseUri);

        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Promotions.GetPromotionAsync(Samples.Promotion, TestStore.Cancel));

        Assert.Equal((title, detail, requestId), (refused.Error.Title, refused.Error.Detail, refused.Error.RequestId));
    }

    [Fact]
    public async Task Promotions_and_codes_are_read()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(request => Reply.Ok(
            request.Path.EndsWith("/codes", StringComparison.Ordinal)
                ? """{"data":[{"id":"c1","code":"summer-aa2b","uses":3,"max_uses":null,"user":"","consume_unit":"per_checkout","meta":{"timestamps":{"created_at":"2024-01-01T00:00:00Z"}}},{"code":"b"}]}"""
                : """{"data":{"id":"p1","name":"Summer","description":null,"enabled":true,"automatic":"false","priority":5,"start":"2024-01-01T00:00:00Z","rule_set":{"rules":{}}}}""")));
        using TestStore store = new(origin.BaseUri);

        Promotion promotion = await store.Api.Promotions.GetPromotionAsync("p1", TestStore.Cancel);
        Page<PromotionCode> codes = await store.Api.Codes.ListCodesAsync("p1", null, 0, TestStore.Cancel);

        Assert.Equal(("p1", "Summer", "", true, false, 5), (promotion.PromotionId, promotion.Name, promotion.Description, promotion.Enabled, promotion.Automatic, promotion.Priority));
        Assert.Equal(2024, promotion.Start?.Year);
        Assert.Null(promotion.End);
        Assert.Equal(["summer-aa2b", "b"], codes.Items.Select(code => code.Code));
        Assert.Equal(("c1", "p1", 3, null), (codes.Items[0].CodeId, codes.Items[0].PromotionId, codes.Items[0].Uses, codes.Items[0].MaxUses));
    }

    [Fact]
    public async Task An_empty_page_does_not_contradict_the_total_when_a_filter_was_requested()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok("""{"data":[],"meta":{"results":{"total":500}}}""")));
        using TestStore store = new(origin.BaseUri);

        Assert.Empty((await store.Api.Jobs.ListJobsAsync(Samples.Promotion, JobTypes.Export, 0, TestStore.Cancel)).Items);
    }

    /// <summary>Otherwise what follows would be missing: after a lost response, codes that were added would be searched for in vain.</summary>
    [Theory]
    [InlineData(null, """{"data":null,"meta":{"results":{"total":301}}}""")]
    [InlineData(null, """{"data":[],"meta":{"results":{"total":301}}}""")]
    [InlineData(null, """{"data":null}""")]
    [InlineData("b", """{"data":null,"meta":{"results":{"total":301}}}""")]
    [InlineData("b", """{"data":null}""")]
    public async Task A_page_without_records_ends_no_list_of_which_more_is_known(string? filter, string response)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(response)));
        using TestStore store = new(origin.BaseUri);
        UsageSelection usages = UsageSelection.All with { Code = filter };

        await AssertInvalidAsync(() => store.Api.Codes.ListCodesAsync("p1", filter, 300, TestStore.Cancel));
        await AssertInvalidAsync(() => store.Api.Promotions.ListPromotionsAsync(filter, 300, TestStore.Cancel));
        await AssertInvalidAsync(() => store.Api.Usages.ListUsagesAsync("p1", usages, 300, TestStore.Cancel));
        await AssertInvalidAsync(() => store.Api.Jobs.ListJobsAsync("p1", filter, 300, TestStore.Cancel));
    }

    private static async Task AssertInvalidAsync(Func<Task> read) =>
        Assert.Equal("UnexpectedResponse", (await Assert.ThrowsAsync<EpPromoException>(read)).ErrorId);

    /// <summary>Reads a job from the response to a create.</summary>
    private static async Task<PromotionJob> OneJobAsync(string job)
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Json(201, $$"""{"data":{{job}}}""")));
        using TestStore store = new(origin.BaseUri);
        return await store.Api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, TestStore.Cancel);
    }

    /// <summary>
    /// Reads a page of jobs. Job j1 gets the fields that every job has, unless the response repeats them: the last of two fields counts.
    /// </summary>
    private static async Task<Page<PromotionJob>> PageAsync(string response)
    {
        response = response.Replace("\"j1\"", """ "j1","job_type":"code_export","status":"completed" """, StringComparison.Ordinal);
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(response)));
        using TestStore store = new(origin.BaseUri);
        return await store.Api.Jobs.ListJobsAsync(Samples.Promotion, null, 300, TestStore.Cancel);
    }
}
