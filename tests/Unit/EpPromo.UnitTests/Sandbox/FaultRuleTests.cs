using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Rules strike when they should, and are read from text and over HTTP.</summary>
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
    public async Task A_rule_strikes_the_requests_it_is_for(string rule, string pattern)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add($"action=status {rule}");

        Assert.Equal(pattern, await StruckAsync(sandbox, 8));
    }

    [Fact]
    public async Task The_same_seed_strikes_the_same_requests_and_another_seed_others()
    {
        async Task<string> RunAsync(int seed)
        {
            await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with
            {
                Seed = seed,
                Faults = [FaultRule.Parse("endpoint=promotion-list action=status probability=0.3")],
            });
            return await StruckAsync(sandbox, 100);
        }

        string struck = await RunAsync(1);
        Assert.InRange(struck.Count(c => c == 'x'), 15, 45);
        Assert.Equal(struck, await RunAsync(1));
        Assert.NotEqual(struck, await RunAsync(2));
    }

    [Fact]
    public async Task Several_rules_can_strike_one_request()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        await sandbox.ExportAsync(promotion);
        sandbox.Server.Faults.Add("action=list-lag");
        sandbox.Server.Faults.Add("action=oversized size=1000");

        SandboxUnderTest.Answer list = await sandbox.GetAsync(SandboxUnderTest.Jobs(promotion));

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
    public void What_is_no_rule_is_refused(string text) =>
        Assert.Throws<FormatException>(() => FaultRule.Parse(text));

    [Fact]
    public async Task A_running_sandbox_takes_rules_over_HTTP_without_a_token()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.UseToken(null);
        int before = sandbox.Server.Requests.Count;

        SandboxUnderTest.Answer added = await sandbox.PostAsync("_sandbox/faults", """{"action":"status","status":418,"times":1}""");
        Assert.Equal(201, (int)added.Status);
        (await sandbox.PostAsync("_sandbox/faults", """{"action":"explode"}""")).Is(400, "Bad Request");
        (await sandbox.PostAsync("_sandbox/faults", "[]")).Is(400, "Bad Request");
        Assert.Equal(418, (int)(await sandbox.GetAsync(Promotions)).Status);
        Assert.Equal(1, (int?)(await sandbox.GetAsync("_sandbox/faults"))["data", 0, "struck"]);
        Assert.Equal(204, (int)(await sandbox.SendAsync(HttpMethod.Delete, $"_sandbox/faults/{(int?)added["data", "id"]}", null)).Status);
        Assert.Empty(sandbox.Server.Faults.All);
        Assert.Equal(before + 1, sandbox.Server.Requests.Count);
    }

    private static async Task<string> StruckAsync(SandboxUnderTest sandbox, int requests)
    {
        string struck = "";
        for (int i = 0; i < requests; i++)
        {
            struck += (int)(await sandbox.GetAsync(Promotions)).Status == 200 ? '.' : 'x';
        }

        return struck;
    }
}
