namespace EpPromo.UnitTests.Sandbox;

/// <summary>Request bodies are held against contract sections 5 and 6, to the letter.</summary>
public sealed class ValidationTests
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
    public async Task A_job_that_breaks_a_rule_is_refused_and_the_field_is_named(string data, string field)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxUnderTest.Answer answer = await sandbox.PostAsync(SandboxUnderTest.Jobs(promotion), $$"""{"data":{{data}}}""");

        answer.Is(400, "Bad Request");
        Assert.Equal(field, (string?)answer["errors", 0, "source", "pointer"]);
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
    public async Task A_body_must_be_one_JSON_object_with_data_alone(string body, string type, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        Assert.Equal(status, (int)(await sandbox.PostAsync(SandboxUnderTest.Jobs(promotion), body, type)).Status);
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
    public async Task Single_codes_are_added_unless_they_break_a_rule(string codes, int status, string? title)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["HAVE"]);

        SandboxUnderTest.Answer answer = await sandbox.PostAsync(Codes(promotion), Body(codes));

        Assert.Equal((status, title), ((int)answer.Status, status == 201 ? null : (string?)answer["errors", 0, "title"]));
        Assert.Equal(status == 201 ? 2 : 1, sandbox.Store.Codes(promotion).Count);
    }

    [Fact]
    public async Task Codes_are_deleted_by_name_and_by_id_and_those_of_other_promotions_are_mentioned()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Winter").Id, ["two"]);

        SandboxUnderTest.Answer added = await sandbox.PostAsync(Codes(promotion), Body("""{"code":"ONE"},{"code":"TWO"},{"code":"THREE"}"""));
        Assert.Equal("TWO", (string?)added["messages", 0, "source", "codes", 0]);
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, Codes(promotion), Body("""{"code":"one"}"""))).Status);
        string id = (string)added["data", 2, "id"]!;
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{id}", null)).Status);
        (await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{id}", null)).Is(404, "Not Found", "Code not found");

        Assert.Equal("TWO", Assert.Single(sandbox.Store.Codes(promotion)).Code);
    }

    [Fact]
    public async Task A_promotion_is_made_changed_and_deleted()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        const string Root = "v2/rule-promotions";
        SandboxUnderTest.Answer made = await sandbox.PostAsync(
            Root, """{"data":{"type":"rule_promotion","name":"Summer","enabled":true,"priority":5,"rule_set":{"rules":{"strategy":"and"}}}}""");
        string one = $"{Root}/{made.Id}";

        Assert.Equal((201, "and"), ((int)made.Status, (string?)made["data", "rule_set", "rules", "strategy"]));
        (await sandbox.PostAsync(Root, """{"data":{"type":"rule_promotion","name":"Other","priority":5}}""")).Is(422, "Duplicate Priority");
        SandboxUnderTest.Answer changed = await sandbox.SendAsync(
            HttpMethod.Put, one, """{"data":{"type":"rule_promotion","name":"Autumn","end":"2026-12-31T00:00:00Z"}}""");
        Assert.Equal(("Autumn", true, "2026-12-31T00:00:00Z"), ((string?)changed["data", "name"], (bool?)changed["data", "enabled"], (string?)changed["data", "end"]));
        (await sandbox.SendAsync(HttpMethod.Put, one, """{"data":{"type":"rule_promotion","colour":"red"}}""")).Is(400, "Bad Request");
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, one, null)).Status);
        (await sandbox.GetAsync(one)).Is(404, "Not Found", "Promotion not found");
    }

    [Fact]
    public async Task A_store_has_fifty_automatic_promotions_at_most_those_that_are_over_apart()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        for (int i = 0; i < 50; i++)
        {
            sandbox.Store.AddPromotion($"Automatic {i}", automatic: true);
        }

        (await AddAsync(automatic: true)).Is(400, "Too many automatic rule promotions");
        Assert.Equal(201, (int)(await AddAsync(automatic: false)).Status);
        sandbox.Store.UpdatePromotion(sandbox.Store.Promotions[0].Id, old => old with { End = sandbox.Time.GetUtcNow() });
        Assert.Equal(201, (int)(await AddAsync(automatic: true)).Status);
        (await AddAsync(automatic: true)).Is(400, "Too many automatic rule promotions");

        Task<SandboxUnderTest.Answer> AddAsync(bool automatic) => sandbox.PostAsync(
            "v2/rule-promotions", $$$"""{"data":{"type":"rule_promotion","name":"More","automatic":{{{(automatic ? "true" : "false")}}}}}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_promotion_does_not_lose_its_name_to_one_that_says_nothing(string blank)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string body = $$$"""{"data":{"type":"rule_promotion","name":"{{{blank}}}"}}""";

        SandboxUnderTest.Answer refused = await sandbox.SendAsync(HttpMethod.Put, $"v2/rule-promotions/{promotion}", body);
        refused.Is(400, "Bad Request", "name must not be empty");
        Assert.Equal("/data/name", (string?)Assert.Single(refused["errors"]!.AsArray())!["source"]!["pointer"]);
        (await sandbox.PostAsync("v2/rule-promotions", body)).Is(400, "Bad Request", "name must not be empty");

        Assert.Equal("Summer", Assert.Single(sandbox.Store.Promotions).Name);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_cut_up_wrongly_is_refused_in_the_published_shape()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string jobs = SandboxUnderTest.Jobs(sandbox.Store.AddPromotion("Summer").Id);
        const string Export = """{"data":{"type":"promotion_job","job_type":"code_export"}}""";
        const int Longest = 8 * 1024 * 1024;

        (await sandbox.PostAsync(jobs, Export.PadRight(Longest + 1))).Is(413, "Payload Too Large");
        (await sandbox.PostAsync("oauth/access_token", new string('x', 3 * Longest))).Is(413, "Payload Too Large");
        (await sandbox.PostAsync(sandbox.Server.FilesUri.AbsoluteUri, new string('x', Longest + 1))).Is(413, "Payload Too Large");
        Assert.Equal(201, (int)(await sandbox.PostAsync(jobs, Export.PadRight(Longest))).Status);
        Assert.Contains("\"status\":\"400\"", await sandbox.SpeakAsync(
            $"POST /{jobs} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nbanana\r\n"), StringComparison.Ordinal);
    }

    private static string Codes(string promotion) => $"v2/rule-promotions/{promotion}/codes";

    private static string Body(string codes) => $$$"""{"data":{"type":"promotion_codes","codes":[{{{codes}}}]}}""";
}
