using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Usages are listed, filtered and anonymized as contract section 6 says.</summary>
public sealed class UsageTests
{
    private const string Root = "v2/rule-promotions";

    private static readonly string[] s_published =
    [
        "id", "order_id", "code_id", "code", "times_used", "used_on", "customer_id", "account_id", "customer_email", "anonymized",
        "updated_by", "meta",
    ];

    [Fact]
    public async Task A_usage_has_the_published_fields_and_any_of_them_can_be_null()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, SandboxUsage usage) = AddPromotionWithUsage(sandbox);
        sandbox.Store.AddUsage(promotion, "TWO", "", usage => new SandboxUsage { Id = usage.Id });

        JsonArray list = (await sandbox.GetAsync($"{Root}/{promotion}/usages"))["data"]!.AsArray();

        JsonObject first = list[0]!.AsObject();
        Assert.Equal(s_published, first.Select(field => field.Key));
        Assert.Equal(("ONE", "ada@example.com", 2, false), ((string?)first["code"], (string?)first["customer_email"], (int?)first["times_used"], (bool?)first["anonymized"]));
        Assert.Equal((usage.Id.ToString(), usage.OrderId.ToString()), ((string?)first["id"], (string?)first["order_id"]));
        Assert.StartsWith("2026-01-31T12:00:00.", (string?)first["used_on"], StringComparison.Ordinal);
        Assert.StartsWith("2026-01-31T12:00:00.", (string?)first["meta"]?["timestamps"]?["updated_at"], StringComparison.Ordinal);
        Assert.All(s_published[1..^1], field => Assert.True(list[1]!.AsObject().ContainsKey(field) && list[1]![field] is null, field));
    }

    [Theory]
    [InlineData("eq(code,one)", 1)]
    [InlineData("eq(id,{0})", 1)]
    [InlineData("eq(id,{0}):eq(code,two)", 0)]
    [InlineData("gt(used_on,2026-01-31T12:00:00Z)", 2)]
    [InlineData("ge(used_on,2026-01-31T12:00:00.000Z)", 3)]
    [InlineData("lt(used_on,'2026-01-31T12:00:01.000Z')", 1)]
    [InlineData("le(used_on,2026-01-31T12:00:01Z):gt(used_on,2026-01-31)", 2)]
    [InlineData("eq(used_on,2026-01-31T12:00:00Z)", null)]
    [InlineData("gt(code,one)", null)]
    [InlineData("eq(customer_email,x)", null)]
    public async Task Usages_are_filtered(string filter, int? count)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, SandboxUsage usage) = AddPromotionWithUsage(sandbox);
        for (int i = 0; i < 2; i++)
        {
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
            sandbox.Store.AddUsage(promotion, "TWO", "ben@example.com");
        }

        SandboxResponse response = await sandbox.GetAsync(
            $"{Root}/{promotion}/usages?filter={Uri.EscapeDataString(filter.Replace("{0}", usage.Id.ToString(), StringComparison.Ordinal))}");

        Assert.Equal(count is null ? 400 : 200, (int)response.Status);
        Assert.Equal(count, count is null ? null : (int?)response["meta", "results", "total"]);
    }

    [Fact]
    public async Task The_usages_of_a_code_are_listed_by_its_id_or_text()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, SandboxUsage usage) = AddPromotionWithUsage(sandbox);
        SandboxUsage second = sandbox.Store.AddUsage(promotion, "ONE", "ben@example.com");
        sandbox.Store.AddUsage(promotion, "TWO", "cy@example.com");

        foreach (string code in new[] { usage.CodeId.ToString()!, "one" })
        {
            SandboxResponse page = await sandbox.GetAsync($"{Root}/{promotion}/codes/{code}/usages?page[limit]=1&page[offset]=1");
            Assert.Equal(second.Id.ToString(), (string?)Assert.Single(page["data"]!.AsArray())!["id"]);
            Assert.Equal(2, (int?)page["meta", "results", "total"]);
        }

        (await sandbox.GetAsync($"{Root}/{promotion}/codes/nope/usages")).AssertError(404, "Not Found", "Code not found");
    }

    [Fact]
    public async Task Anonymizing_returns_the_usages_and_does_not_change_others()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, SandboxUsage usage) = AddPromotionWithUsage(sandbox);
        sandbox.Store.AddUsage(promotion, "TWO", "ben@example.com");
        sandbox.Time.Advance(TimeSpan.FromSeconds(5));

        SandboxResponse response = await AnonymizeAsync(sandbox, usage.Id.ToString());

        Assert.Equal(200, (int)response.Status);
        JsonNode anonymous = Assert.Single(response["data"]!.AsArray())!;
        Assert.Equal((usage.Id.ToString(), "**", true), ((string?)anonymous["id"], (string?)anonymous["customer_email"], (bool?)anonymous["anonymized"]));
        Assert.NotEqual("", (string?)anonymous["updated_by"] ?? "");
        Assert.StartsWith("2026-01-31T12:00:05.", (string?)anonymous["meta"]?["timestamps"]?["updated_at"], StringComparison.Ordinal);
        Assert.Equal(["**", "ben@example.com"], sandbox.Store.Usages(promotion).Select(usage => usage.CustomerEmail));
    }

    [Fact]
    public async Task Anonymizing_an_unknown_usage_changes_nothing_and_the_error_names_its_id()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        (string promotion, SandboxUsage usage) = AddPromotionWithUsage(sandbox);
        string unknown = Guid.NewGuid().ToString();

        SandboxResponse response = await AnonymizeAsync(sandbox, unknown, usage.Id.ToString(), "no id");

        response.AssertError(404, "Not Found");
        Assert.Equal([unknown, "no id"], response["errors", 0, "meta", "usage_ids"]!.AsArray().Select(id => (string?)id));
        Assert.Equal("ada@example.com", Assert.Single(sandbox.Store.Usages(promotion)).CustomerEmail);
    }

    [Fact]
    public async Task The_uses_of_a_code_are_the_remaining_ones_and_old_codes_have_no_max_uses()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        var spec = new JobSpec { JobType = JobSpec.Generate, NumberOfCodes = 1, MaxUsesPerCode = 5 };
        sandbox.Store.AddFinishedJob(promotion, spec, JobStatus.Completed, new DateTimeOffset(2023, 4, 26, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(1));
        sandbox.Store.AddFinishedJob(promotion, spec, JobStatus.Completed, new DateTimeOffset(2023, 4, 28, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(1));
        string recent = sandbox.Store.Codes(promotion)[1].Code;
        sandbox.Store.AddUsage(promotion, recent, "ada@example.com", usage => usage with { TimesUsed = 2 });

        JsonArray codes = (await sandbox.GetAsync($"{Root}/{promotion}/codes"))["data"]!.AsArray();

        Assert.Equal((5, null), ((int?)codes[0]!["uses"], codes[0]!["max_uses"]));
        Assert.Equal((3, 5), ((int?)codes[1]!["uses"], (int?)codes[1]!["max_uses"]));
    }

    private static (string Promotion, SandboxUsage Usage) AddPromotionWithUsage(SandboxUnderTest sandbox)
    {
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["ONE", "TWO"]);
        return (promotion, sandbox.Store.AddUsage(promotion, "one", "ada@example.com", usage => usage with { TimesUsed = 2 }));
    }

    private static Task<SandboxResponse> AnonymizeAsync(SandboxUnderTest sandbox, params string[] ids) => sandbox.PostAsync(
        $"{Root}/usages/anonymize", $$$"""{"data":{"usage_ids":[{{{string.Join(',', ids.Select(id => $"\"{id}\""))}}}]}}""");
}
