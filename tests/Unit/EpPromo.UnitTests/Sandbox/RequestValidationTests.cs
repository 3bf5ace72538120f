namespace EpPromo.UnitTests.Sandbox;

/// <summary>The sandbox rejects request bodies that contract sections 5 and 6 do not allow.</summary>
public sealed class RequestValidationTests
{
    [Theory]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":0}}""", "/data/parameters/number_of_codes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1001}}""", "/data/parameters/number_of_codes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":"5"}}""", "/data/parameters/number_of_codes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1.5}}""", "/data/parameters/number_of_codes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{}}""", "/data/parameters/number_of_codes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate"}""", "/data/parameters")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"code_length":7}}""", "/data/parameters/code_length")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"code_length":17}}""", "/data/parameters/code_length")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"max_uses_per_code":-1}}""", "/data/parameters/max_uses_per_code")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"consume_unit":"per_cart"}}""", "/data/parameters/consume_unit")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"consume_unit":""}}""", "/data/parameters/consume_unit")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"code_prefix":null}}""", "/data/parameters/code_prefix")]
    [InlineData("""{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":1,"NumberOfCodes":1}}""", "/data/parameters/NumberOfCodes")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","parameters":{}}""", "/data/parameters")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","name":"123456789 123456789 123456789 123456789 123456789 1"}""", "/data/name")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","name":"\ud800"}""", "/data/name")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","name":""}""", "/data/name")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","name":"  "}""", "/data/name")]
    [InlineData("""{"type":"promotion_job","job_type":""}""", "/data/job_type")]
    [InlineData("""{"type":"promotion_job","job_type":"code_import"}""", "/data/job_type")]
    [InlineData("""{"type":"job","job_type":"code_export"}""", "/data/type")]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","id":"x"}""", "/data/id")]
    public async Task An_invalid_job_is_rejected_and_the_error_names_the_field(string data, string field)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse response = await sandbox.PostAsync(SandboxUnderTest.JobsPath(promotion), $$"""{"data":{{data}}}""");

        response.AssertError(400, "Bad Request");
        Assert.Equal(field, (string?)response["errors", 0, "source", "pointer"]);
        Assert.Empty(sandbox.Store.Jobs(promotion));
    }

    [Theory]
    [InlineData("{", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("""{"data":{"type":"promotion_job","job_type":"code_export"},"more":1}""", "application/json", 400)]
    [InlineData("""{"data":{"type":"promotion_job","type":"promotion_job","job_type":"code_export"}}""", "application/json", 400)]
    [InlineData("""{"data":{"type":"promotion_job","job_type":"code_export"}}""", "text/plain", 415)]
    [InlineData("""{"data":{"type":"promotion_job","job_type":"code_export"}}""", "application/json", 201)]
    public async Task A_body_must_be_a_JSON_object_with_only_data(string body, string type, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        Assert.Equal(status, (int)(await sandbox.PostAsync(SandboxUnderTest.JobsPath(promotion), body, type)).Status);
    }

    [Theory]
    [InlineData("""{"code":"NEW"}""", 201, null)]
    [InlineData("""{"code":"hAvE"}""", 422, "Duplicate code")]
    [InlineData("""{"code":"NEW"},{"code":"new"}""", 422, "Duplicate code")]
    [InlineData("""{"code":"NEW","max_uses_per_shopper":{"includes_guests":true}}""", 400, "missing_dependency")]
    [InlineData("""{"code":"NEW","max_uses_per_shopper":{"includes_guests":false}}""", 400, "missing_dependency")]
    [InlineData("""{"code":"NEW","max_uses_per_shopper":{"max_uses":1}}""", 201, null)]
    [InlineData("""{"code":"NEW","is_for_new_shopper":true,"uses":1}""", 400, "Invalid Code")]
    [InlineData("""{"code":"NEW","is_for_new_shopper":true,"user":"ada@example.com"}""", 400, "Invalid Code")]
    [InlineData("""{"code":"NEW","consume_unit":"per_application","max_uses_per_shopper":{"max_uses":1}}""", 422, "Unsupported consume unit")]
    [InlineData("""{"code":""}""", 400, "Bad Request")]
    [InlineData("""{"code":"  "}""", 400, "Bad Request")]
    [InlineData("""{"code":"NEW","consume_unit":""}""", 400, "Bad Request")]
    public async Task Codes_are_added_unless_one_is_invalid(string codes, int status, string? title)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["HAVE"]);

        SandboxResponse response = await sandbox.PostAsync(Codes(promotion), Body(codes));

        Assert.Equal((status, title), ((int)response.Status, status == 201 ? null : (string?)response["errors", 0, "title"]));
        Assert.Equal(status == 201 ? 2 : 1, sandbox.Store.Codes(promotion).Count);
    }

    [Fact]
    public async Task Codes_are_deleted_by_text_and_by_id_and_a_message_names_those_of_other_promotions()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Winter").Id, ["two"]);

        SandboxResponse added = await sandbox.PostAsync(Codes(promotion), Body("""{"code":"ONE"},{"code":"TWO"},{"code":"THREE"}"""));
        Assert.Equal("TWO", (string?)added["messages", 0, "source", "codes", 0]);
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, Codes(promotion), Body("""{"code":"one"}"""))).Status);
        string id = (string)added["data", 2, "id"]!;
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{id}", null)).Status);
        (await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{id}", null)).AssertError(404, "Not Found", "Code not found");

        Assert.Equal("TWO", Assert.Single(sandbox.Store.Codes(promotion)).Code);
    }

    [Fact]
    public async Task A_promotion_is_created_updated_and_deleted()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        const string Root = "v2/rule-promotions";
        SandboxResponse created = await sandbox.PostAsync(
            Root, """{"data":{"type":"rule_promotion","name":"Summer","enabled":true,"priority":5,"rule_set":{"rules":{"strategy":"and"}}}}""");
        string path = $"{Root}/{created.Id}";

        Assert.Equal((201, "and"), ((int)created.Status, (string?)created["data", "rule_set", "rules", "strategy"]));
        (await sandbox.PostAsync(Root, """{"data":{"type":"rule_promotion","name":"Other","priority":5}}""")).AssertError(422, "Duplicate Priority");
        SandboxResponse updated = await sandbox.SendAsync(
            HttpMethod.Put, path, """{"data":{"type":"rule_promotion","name":"Autumn","end":"2026-12-31T00:00:00Z"}}""");
        Assert.Equal(("Autumn", true, "2026-12-31T00:00:00Z"), ((string?)updated["data", "name"], (bool?)updated["data", "enabled"], (string?)updated["data", "end"]));
        (await sandbox.SendAsync(HttpMethod.Put, path, """{"data":{"type":"rule_promotion","colour":"red"}}""")).AssertError(400, "Bad Request");
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, path, null)).Status);
        (await sandbox.GetAsync(path)).AssertError(404, "Not Found", "Promotion not found");
    }

    [Fact]
    public async Task A_store_has_at_most_fifty_automatic_promotions_not_counting_past_ones()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        for (int i = 0; i < 50; i++)
        {
            sandbox.Store.AddPromotion($"Automatic {i}", automatic: true);
        }

        (await AddAsync(automatic: true)).AssertError(400, "Too many automatic rule promotions");
        Assert.Equal(201, (int)(await AddAsync(automatic: false)).Status);
        sandbox.Store.UpdatePromotion(sandbox.Store.Promotions[0].Id, old => old with { End = sandbox.Time.GetUtcNow() });
        Assert.Equal(201, (int)(await AddAsync(automatic: true)).Status);
        (await AddAsync(automatic: true)).AssertError(400, "Too many automatic rule promotions");

        Task<SandboxResponse> AddAsync(bool automatic) => sandbox.PostAsync(
            "v2/rule-promotions", $$$"""{"data":{"type":"rule_promotion","name":"More","automatic":{{{(automatic ? "true" : "false")}}}}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_promotion_cannot_have_a_blank_name(string blank)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string body = $$$"""{"data":{"type":"rule_promotion","name":"{{{blank}}}"}}""";

        SandboxResponse rejected = await sandbox.SendAsync(HttpMethod.Put, $"v2/rule-promotions/{promotion}", body);
        rejected.AssertError(400, "Bad Request", "name must not be empty");
        Assert.Equal("/data/name", (string?)Assert.Single(rejected["errors"]!.AsArray())!["source"]!["pointer"]);
        (await sandbox.PostAsync("v2/rule-promotions", body)).AssertError(400, "Bad Request", "name must not be empty");

        Assert.Equal("Summer", Assert.Single(sandbox.Store.Promotions).Name);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_has_invalid_chunks_gets_an_error_of_the_published_shape()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string jobs = SandboxUnderTest.JobsPath(sandbox.Store.AddPromotion("Summer").Id);
        const string Export = """{"data":{"type":"promotion_job","job_type":"code_export"}}""";
        const int Longest = 8 * 1024 * 1024;

        (await sandbox.PostAsync(jobs, Export.PadRight(Longest + 1))).AssertError(413, "Payload Too Large");
        (await sandbox.PostAsync("oauth/access_token", new string('x', 3 * Longest))).AssertError(413, "Payload Too Large");
        (await sandbox.PostAsync(sandbox.Server.FilesUri.AbsoluteUri, new string('x', Longest + 1))).AssertError(413, "Payload Too Large");
        Assert.Equal(201, (int)(await sandbox.PostAsync(jobs, Export.PadRight(Longest))).Status);
        Assert.Contains("\"status\":\"400\"", await sandbox.SendRawAsync(
            $"POST /{jobs} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nbanana\r\n"), StringComparison.Ordinal);
    }

    private static string Codes(string promotion) => $"v2/rule-promotions/{promotion}/codes";

    private static string Body(string codes) => $$$"""{"data":{"type":"promotion_codes","codes":[{{{codes}}}]}}""";
}
