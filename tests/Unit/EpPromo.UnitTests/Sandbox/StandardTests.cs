using System.Net;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Promotions Standard have paths and words of their own, as contract section 7 says.</summary>
public sealed class StandardTests
{
    private const string Root = "v2/promotions";

    [Fact]
    public async Task Each_path_lists_the_promotions_of_its_kind()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Store.AddPromotion("Summer");
        SandboxPromotion loyalty = sandbox.Store.AddStandardPromotion("Loyalty");

        SandboxResponse rule = await sandbox.GetAsync("v2/rule-promotions");
        SandboxResponse standard = await sandbox.GetAsync($"{Root}?filter=ilike(name,*loyal*)");
        SandboxResponse one = await sandbox.GetAsync($"{Root}/{loyalty.Id}");

        Assert.Equal(["Summer"], rule["data"]!.AsArray().Select(promotion => (string?)promotion!["name"]));
        Assert.Equal(["Loyalty"], standard["data"]!.AsArray().Select(promotion => (string?)promotion!["name"]));
        Assert.Equal(("promotion", "percent_discount"), ((string?)one["data", "type"], (string?)one["data", "promotion_type"]));
        Assert.Null(one["data", "priority"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/jobs")]
    [InlineData("/codes")]
    public async Task A_promotion_of_the_other_kind_is_not_found(string path)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string rule = sandbox.Store.AddPromotion("Summer").Id;
        string standard = sandbox.Store.AddStandardPromotion("Loyalty").Id;

        Assert.Equal(HttpStatusCode.OK, (await sandbox.GetAsync($"{Root}/{standard}{path}")).Status);
        (await sandbox.GetAsync($"{Root}/{rule}{path}")).AssertError(404, "Not Found", "Promotion not found");
        (await sandbox.GetAsync($"v2/rule-promotions/{standard}{path}")).AssertError(404, "Not Found", "Promotion not found");
    }

    [Theory]
    [InlineData("""{"data":{0}}""")]
    [InlineData("{0}")]
    public async Task A_job_is_created_with_and_without_data(string body)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        const string job = """{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":3,"consume_unit":"per_item"}}""";

        SandboxResponse created = await sandbox.PostAsync($"{Root}/{id}/jobs", body.Replace("{0}", job, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal((id, null), ((string?)created["data", "promotion_id"], created["data", "rule_promotion_id"]));
        Assert.Equal("per_item", (string?)created["data", "parameters", "consume_unit"]);
        Assert.Equal(1, (int?)(await sandbox.GetAsync($"{Root}/{id}/jobs"))["meta", "results", "total"]);
    }

    [Theory]
    [InlineData(true, "per_cart", true)]
    [InlineData(true, "per_item", true)]
    [InlineData(true, "per_checkout", false)]
    [InlineData(true, "per_application", false)]
    [InlineData(false, "per_cart", false)]
    [InlineData(false, "per_item", false)]
    public async Task Consume_units_are_those_of_the_kind(bool isStandard, string unit, bool isAccepted)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string root = isStandard ? $"{Root}/{sandbox.Store.AddStandardPromotion("A").Id}" : $"v2/rule-promotions/{sandbox.Store.AddPromotion("B").Id}";
        string codes = $$$"""{"data":{"type":"promotion_codes","codes":[{"code":"ONE","consume_unit":"{{{unit}}}"}]}}""";
        string job = $$$$"""{"data":{"type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":3,"consume_unit":"{{{{unit}}}}"}}}""";

        Assert.Equal(isAccepted ? 201 : 400, (int)(await sandbox.PostAsync($"{root}/codes", codes)).Status);
        Assert.Equal(isAccepted ? 201 : 400, (int)(await sandbox.PostAsync($"{root}/jobs", job)).Status);
    }

    [Fact]
    public async Task A_code_is_deleted_by_its_text_not_by_its_id()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        SandboxCode one = sandbox.Store.AddCodes(id, ["ONE", "TWO", "THREE"])[0];

        SandboxResponse byId = await sandbox.SendAsync(HttpMethod.Delete, $"{Root}/{id}/codes/{one.Id}", null);
        SandboxResponse byText = await sandbox.SendAsync(HttpMethod.Delete, $"{Root}/{id}/codes/one", null);
        SandboxResponse byBody = await sandbox.SendAsync(
            HttpMethod.Delete, $"{Root}/{id}/codes", """{"data":{"type":"promotion_codes","codes":[{"code":"two"}]}}""");

        Assert.Equal([404, 204, 204], [(int)byId.Status, (int)byText.Status, (int)byBody.Status]);
        SandboxCode left = Assert.Single(sandbox.Store.Codes(id));
        Assert.Equal(("THREE", "per_cart"), (left.Code, left.Terms.ConsumeUnit));
    }

    [Theory]
    [InlineData("GET", "/usages", 404)]
    [InlineData("PUT", "", 405)]
    [InlineData("DELETE", "", 405)]
    public async Task What_the_contract_does_not_have_is_rejected(string method, string path, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;

        SandboxResponse response = await sandbox.SendAsync(new HttpMethod(method), $"{Root}/{id}{path}", method == "PUT" ? "{}" : null);

        Assert.Equal(status, (int)response.Status);
        Assert.Single(sandbox.Store.StandardPromotions);
        Assert.IsType<JsonArray>(response["errors"]);
    }
}
