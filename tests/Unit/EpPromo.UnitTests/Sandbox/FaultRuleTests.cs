using System.Reflection;
using EpPromo.Sandbox;
using EpPromo.Sandbox.Pipeline;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Fault rules trigger for the right requests, and are read from text and over HTTP.</summary>
public sealed class FaultRuleTests
{
    private const string Promotions = "v2/rule-promotions";

    [Theory]
    [InlineData("skip=2 times=2", "..xx....")]
    [InlineData("every=3", "..x..x..")]
    [InlineData("skip=1 every=2 times=2", "..x.x...")]
    [InlineData("times=0", "........")]
    [InlineData("probability=0", "........")]
    [InlineData("method=POST", "........")]
    [InlineData("method=get path=/v2/*promotions", "xxxxxxxx")]
    [InlineData("endpoint=promotion-*", "xxxxxxxx")]
    [InlineData("endpoint=job-*", "........")]
    public async Task A_rule_triggers_for_the_requests_that_it_matches(string rule, string pattern)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add($"action=status {rule}");

        Assert.Equal(pattern, await TriggeredAsync(sandbox, 8));
    }

    [Fact]
    public async Task The_same_seed_triggers_for_the_same_requests_and_another_seed_for_others()
    {
        async Task<string> RunAsync(int seed)
        {
            await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with
            {
                Seed = seed,
                Faults = [FaultRule.Parse("endpoint=promotion-list action=status probability=0.3")],
            });
            return await TriggeredAsync(sandbox, 100);
        }

        string triggered = await RunAsync(1);
        Assert.InRange(triggered.Count(c => c == 'x'), 15, 45);
        Assert.Equal(triggered, await RunAsync(1));
        Assert.NotEqual(triggered, await RunAsync(2));
    }

    [Fact]
    public async Task One_request_can_trigger_several_rules()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        await sandbox.ExportAsync(promotion);
        sandbox.Server.Faults.Add("action=list-lag");
        sandbox.Server.Faults.Add("action=oversized size=1000");

        SandboxResponse list = await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion));

        Assert.Empty(list["data"]!.AsArray());
        Assert.InRange(list.Text.Length, 1000, 3000);
        Assert.Equal([1, 1], sandbox.Server.Faults.All.Select(fault => fault.Triggered));
    }

    [Theory]
    [InlineData("times=1")]
    [InlineData("action=explode")]
    [InlineData("action=status status=20")]
    [InlineData("action=status probability=2")]
    [InlineData("action=delay time=5")]
    [InlineData("action=redirect url=nowhere")]
    [InlineData("action=status colour=red")]
    [InlineData("drop-after")]
    public void An_invalid_rule_is_rejected(string text) =>
        Assert.Throws<FormatException>(() => FaultRule.Parse(text));

    /// <summary>A rule that never triggers would make a wrong client look right.</summary>
    [Theory]
    [InlineData("action=status endpoint=xyz", "endpoint: 'xyz' matches none of token, promotion-list, promotion-get,")]
    [InlineData("action=status endpoint=Job-Create", "endpoint: 'Job-Create' matches none of")]
    [InlineData("action=status endpoint=jobs-*", "endpoint: 'jobs-*' matches none of")]
    [InlineData("action=status method=PATCH", "method: 'PATCH' is not one of GET, POST, PUT, DELETE, HEAD.")]
    [InlineData("action=status path=v2/promotions", "path: 'v2/promotions' begins neither with / nor with *.")]
    [InlineData("action=drop-after status=503", "'status' has no effect on drop-after, which has no keys of its own.")]
    [InlineData("action=delay size=3", "'size' has no effect on delay, which has time.")]
    [InlineData("action=fail-job endpoint=job-list", "fail-job has an effect only on job-create, not on 'job-list'.")]
    [InlineData("action=status action=delay", "'action' occurs more than once.")]
    [InlineData("action=status text=\"a b", "A double quote in 'action=status text=\"a b' is not closed.")]
    public void A_rule_without_effect_is_rejected_with_the_valid_values(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => FaultRule.Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>The routes and the list of names must not diverge.</summary>
    [Fact]
    public async Task Every_endpoint_can_be_named()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();

        foreach (FieldInfo name in typeof(EndpointName).GetFields().Where(field => field.FieldType == typeof(EndpointName)))
        {
            sandbox.Server.Faults.Add($"action=status endpoint={((EndpointName)name.GetValue(null)!).Value}");
        }

        Assert.Equal(EndpointName.All.Count, sandbox.Server.Faults.All.Count);
    }

    [Fact]
    public async Task Rules_can_be_added_and_removed_over_HTTP_without_a_token()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.UseToken(null);
        int before = sandbox.Server.Requests.Count;

        SandboxResponse added = await sandbox.PostAsync("_sandbox/faults", """{"action":"status","status":418,"times":1}""");
        Assert.Equal(201, (int)added.Status);
        (await sandbox.PostAsync("_sandbox/faults", """{"action":"explode"}""")).AssertError(400, "Bad Request");
        (await sandbox.PostAsync("_sandbox/faults", """{"action":"status","endpoint":"xyz"}""")).AssertError(400, "Bad Request");
        (await sandbox.PostAsync("_sandbox/faults", "[]")).AssertError(400, "Bad Request");
        Assert.Equal(418, (int)(await sandbox.GetAsync(Promotions)).Status);
        Assert.Equal(1, (int?)(await sandbox.GetAsync("_sandbox/faults"))["data", 0, "triggered"]);
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"_sandbox/faults/{(int?)added["data", "id"]}", null)).Status);
        Assert.Empty(sandbox.Server.Faults.All);
        Assert.Equal(before + 1, sandbox.Server.Requests.Count);
    }

    private static async Task<string> TriggeredAsync(SandboxUnderTest sandbox, int requests)
    {
        string triggered = "";
        for (int i = 0; i < requests; i++)
        {
            triggered += (int)(await sandbox.GetAsync(Promotions)).Status == 200 ? '.' : 'x';
        }

        return triggered;
    }
}
