using System.Net;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;
using EpPromo.Sandbox.Faults;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>What the forms of the page send: jobs without a token, and faults.</summary>
public sealed class PageFormTests
{
    private const string Jobs = "_sandbox/jobs";
    private const string Faults = "_sandbox/faults";

    [Fact]
    public async Task A_job_is_created_for_a_promotion_by_name_or_id()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string rule = sandbox.Store.AddPromotion("Summer").Id;
        string standard = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        sandbox.UseToken(null);

        SandboxResponse generate = await sandbox.PostAsync(
            Jobs,
            """
            {"promotion":"Summer","type":"promotion_job","job_type":"code_generate","name":"by hand",
             "parameters":{"number_of_codes":7,"code_prefix":"x","max_uses_per_code":1}}
            """);
        SandboxResponse export = await sandbox.PostAsync(Jobs, ExportBody(standard));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (generate.Status, export.Status));
        SandboxJob job = Assert.Single(sandbox.Store.Jobs(rule));
        Assert.Equal((generate.Id, "by hand", 7, "x", 1), (job.Id, job.Spec.Name, job.Spec.NumberOfCodes, job.Spec.CodePrefix, job.Spec.MaxUsesPerCode));
        Assert.Equal(JobSpec.Export, Assert.Single(sandbox.Store.Jobs(standard)).Spec.JobType);
    }

    [Fact]
    public async Task What_the_API_rejects_is_rejected_with_its_words()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddPromotion("Automatic", automatic: true);

        (await sandbox.PostAsync(Jobs, ExportBody("Nothing"))).AssertError(404, "Not Found", "Promotion not found");
        (await sandbox.PostAsync(Jobs, GenerateBody("Summer", 1001))).AssertError(400, "Bad Request");
        (await sandbox.PostAsync(Jobs, GenerateBody("Automatic", 1))).AssertError(422, "No codes allowed");
        (await sandbox.PostAsync(Jobs, """{"type":"promotion_job","job_type":"code_export"}""")).AssertError(400, "Bad Request", "promotion is required");
        (await sandbox.PostAsync(Jobs, """{"promotion":"Summer","type":"promotion_job","job_type":"code_export","codes":1}"""))
            .AssertError(400, "Bad Request", "codes is not a known field");
        (await sandbox.PostAsync(Jobs, "[]")).AssertError(400, "Bad Request");
        (await sandbox.PostAsync(Jobs, ExportBody("Summer"), "text/plain")).AssertError(415, "Unsupported Media Type");
        (await sandbox.GetAsync(Jobs)).AssertError(405, "Method Not Allowed");
        Assert.Empty(sandbox.Store.Jobs(id));

        Assert.Equal(HttpStatusCode.Created, (await sandbox.PostAsync(Jobs, GenerateBody("Summer", 100))).Status);
        (await sandbox.PostAsync(Jobs, ExportBody("Summer"))).AssertError(400, "Too many jobs");
    }

    [Fact]
    public async Task An_added_fault_is_shown_with_what_it_hits()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        SandboxResponse added = await sandbox.PostAsync(Faults, """{"action":"status","endpoint":"promotion-list","status":500,"times":1,"after":true}""");
        await sandbox.GetAsync("v2/rule-promotions");
        await sandbox.GetAsync("v2/rule-promotions");

        JsonNode fault = Assert.Single((await sandbox.GetAsync("_sandbox/page/snapshot"))["faults", "rows"]!.AsArray())!;
        Assert.Equal((int?)added["data", "id"], (int?)fault["id"]);
        Assert.Equal("action=status endpoint=promotion-list times=1 status=500 after=true", (string?)fault["rule"]);
        Assert.Equal((1, 2, 1), ((int?)fault["times"], (int?)fault["matched"], (int?)fault["triggered"]));
    }

    [Fact]
    public async Task The_form_knows_every_action_endpoint_and_key()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        SandboxResponse snapshot = await sandbox.GetAsync("_sandbox/page/snapshot");
        string texts = (await sandbox.GetAsync("_sandbox/page/fault-texts.js")).Text;

        JsonArray actions = snapshot["setup", "faultActions"]!.AsArray();
        Assert.Equal(Enum.GetValues<FaultAction>().Length, actions.Count);
        IEnumerable<string> words = actions.SelectMany(action => action!["keys"]!.AsArray().Select(key => (string)key!).Append((string)action["action"]!));
        Assert.All(words, word => Assert.Contains($"    '{word}': ", texts, StringComparison.Ordinal));
        Assert.Contains("job-create", snapshot["setup", "endpoints"]!.AsArray().Select(endpoint => (string)endpoint!));
    }

    [Theory]
    [InlineData("action=drop-after")]
    [InlineData("action=status endpoint=job-* method=POST skip=1 every=2 probability=0.5 times=3 status=429 body=html after=true retry-after=date time=1.5s")]
    [InlineData("action=status path=/v2/* text=\"a b\"")]
    [InlineData("action=redirect url=https://example.com/x")]
    [InlineData("action=oversized size=10")]
    [InlineData("action=fail-job count=2")]
    public void A_rule_is_shown_as_it_was_written(string text) => Assert.Equal(text, FaultRuleFormatter.Format(FaultRule.Parse(text)));

    private static string ExportBody(string promotion) => $$"""{"promotion":"{{promotion}}","type":"promotion_job","job_type":"code_export"}""";

    private static string GenerateBody(string promotion, int codes) =>
        $$$"""{"promotion":"{{{promotion}}}","type":"promotion_job","job_type":"code_generate","parameters":{"number_of_codes":{{{codes}}}}}""";
}
