using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The sandbox accepts every published request body (contract sections 5 to 7) with every field that it can have.</summary>
public sealed class PublishedRequestTests
{
    private const string Root = "v2/rule-promotions";

    [Theory]
    [InlineData("""{"data":{"type":"promotion_job","job_type":"code_export"}}""", 201)]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","name":"bare"}""", 201)]
    [InlineData("""{"type":"promotion_codes","job_type":"code_export"}""", 201)]
    [InlineData("""{"data":{"type":"promotion_codes","job_type":"code_generate","name":"x","parameters":{"number_of_codes":1}}}""", 201)]
    [InlineData("""
        {"type":"promotion_job","job_type":"code_generate","name":"all","parameters":{"number_of_codes":100,"max_uses_per_code":0,
         "consume_unit":"per_application","code_prefix":"summer-","code_length":16}}
        """, 201)]
    [InlineData("""{"type":"promotion_job","job_type":"code_export","colour":"red"}""", 400)]
    [InlineData("""{"job_type":"code_export"}""", 400)]
    public async Task A_job_is_created_with_and_without_data(string body, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse response = await sandbox.PostAsync(SandboxUnderTest.JobsPath(promotion), body);

        Assert.Equal(status, (int)response.Status);
        Assert.Equal(status == 201 ? "promotion_job" : null, (string?)response["data", "type"]);
        Assert.Equal(status == 201 ? 1 : 0, sandbox.Store.Jobs(promotion).Count);
    }

    [Theory]
    [InlineData(null, "application/json", 200)]
    [InlineData("", "application/json", 200)]
    [InlineData("{}", "application/json", 200)]
    [InlineData(" { } ", "application/json", 200)]
    [InlineData("{}", "text/plain", 415)]
    [InlineData("""{"data":{}}""", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    public async Task A_job_is_cancelled_with_an_empty_body_or_an_empty_object(string? body, string type, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.GenerateAsync(promotion, codes: 1000)).Id;

        SandboxResponse response = await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", body, type);

        Assert.Equal(status, (int)response.Status);
        Assert.Equal(
            status == 200 ? JobStatus.Cancelling : JobStatus.Processing, Assert.Single(sandbox.Store.Jobs(promotion)).Status);
    }

    [Fact]
    public async Task A_promotion_is_created_with_every_field_and_the_response_has_them_all()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        const string Fields = """
            "name":"Summer","description":"Off","priority":7,"enabled":true,"automatic":false,"stackable":true,"override_stacking":true,
            "rule_set":{"catalog_ids":["a"],"currencies":["USD"],"rules":{"strategy":"cart_total","operator":"gte","args":[1]},
             "actions":[{"strategy":"cart_discount","args":["percent",10]}]}
            """;

        SandboxResponse created = await sandbox.PostAsync(
            Root, $$$"""{"data":{"type":"rule_promotion",{{{Fields}}},"start":"2026-02-01","end":"2026-03-01T12:30+02:00"}}""");

        Assert.Equal(201, (int)created.Status);
        JsonObject sent = JsonNode.Parse($"{{{Fields}}}")!.AsObject();
        Assert.All(sent, field => Assert.True(JsonNode.DeepEquals(field.Value, created["data", field.Key]), field.Key));
        Assert.Equal(("2026-02-01T00:00:00Z", "2026-03-01T10:30:00Z"), ((string?)created["data", "start"], (string?)created["data", "end"]));
        foreach (string field in new[] { "id", "store_id", "created_by", "updated_by" })
        {
            Assert.NotEqual("", (string?)created["data", field] ?? "");
        }

        string path = $"{Root}/{created.Id}";
        SandboxResponse updated = await sandbox.SendAsync(
            HttpMethod.Put, path, """{"data":{"type":"rule_promotion","start":"2026-02-02T08:00Z","enabled":false}}""");
        Assert.Equal(
            ("2026-02-02T08:00:00Z", false, "Off"),
            ((string?)updated["data", "start"], (bool?)updated["data", "enabled"], (string?)updated["data", "description"]));
        Assert.Equal((string?)created["data", "store_id"], (string?)(await sandbox.GetAsync(Root))["data", 0, "store_id"]);
    }

    [Fact]
    public async Task Codes_are_added_with_every_field_and_the_response_has_them_all()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse added = await sandbox.PostAsync(Codes(promotion), Body("""
            {"type":"promotion_codes","code":"ALL","uses":5,"user":"ada@example.com","consume_unit":"per_checkout",
             "max_uses_per_shopper":{"max_uses":2,"includes_guests":true},"is_for_new_shopper":false},
            {"code":"APP","consume_unit":"per_application"},{"code":"NEW","is_for_new_shopper":true}
            """));

        Assert.Equal(201, (int)added.Status);
        JsonNode all = added["data", 0]!;
        Assert.Equal(("promotion_codes", "ALL", 5, 5), ((string?)all["type"], (string?)all["code"], (int?)all["uses"], (int?)all["max_uses"]));
        Assert.Equal(("ada@example.com", "per_checkout", false), ((string?)all["user"], (string?)all["consume_unit"], (bool?)all["is_for_new_shopper"]));
        Assert.Equal("""{"max_uses":2,"includes_guests":true}""", all["max_uses_per_shopper"]?.ToJsonString());
        Assert.NotEqual("", (string?)all["created_by"] ?? "");
        Assert.Equal(("per_application", true), ((string?)added["data", 1, "consume_unit"], (bool?)added["data", 2, "is_for_new_shopper"]));
    }

    [Theory]
    [InlineData("one", 204)]
    [InlineData("a b'c", 204)]
    [InlineData("8a3f0c1e-1111-4222-8333-944455556666", 204)]
    [InlineData("nope", 404)]
    public async Task A_single_code_is_deleted_by_its_text_or_its_id(string text, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        Guid id = sandbox.Store.AddCodes(promotion, ["ONE", "A b'c", "8a3f0c1e-1111-4222-8333-944455556666", "LAST"])[3].Id;

        Assert.Equal(status, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{Uri.EscapeDataString(text)}", null)).Status);
        Assert.Equal(status == 204 ? 3 : 4, sandbox.Store.Codes(promotion).Count);
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"{Codes(promotion)}/{id}", null)).Status);
        Assert.DoesNotContain(sandbox.Store.Codes(promotion), code => code.Code == "LAST" || code.Code.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    private static string Codes(string promotion) => $"{Root}/{promotion}/codes";

    private static string Body(string codes) => $$$"""{"data":{"type":"promotion_codes","codes":[{{{codes}}}]}}""";
}
