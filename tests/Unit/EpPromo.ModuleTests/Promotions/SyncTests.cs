using System.Management.Automation;
using System.Text.Json;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Faults;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Sync-EpPromotion makes a store as a file says, once.</summary>
public sealed class SyncTests : IDisposable
{
    private const string Yaml =
        """
        promotions:
          - name: Summer Sale
            description: "yes"
            enabled: true
            priority: 2
            end: 2027-09-30T22:00:00Z
            rule_set:
              currencies: [EUR]
              actions:
                - { strategy: cart_percent, args: [10.5, null] }
            runs:
              - { name: bf26, count: 25, code_prefix: summer, max_uses_per_code: 1, batch_size: 10 }
              - { name: second, count: 3 }
          - name: Winter Sale
            start: 2027-12-01
            priority: 1
        """;

    private const string Json =
        """
        [
          { "Name": "Summer Sale", "description": "yes", "enabled": true, "priority": 2, "end": "2027-09-30T22:00:00Z",
            "ruleSet": { "currencies": ["EUR"], "actions": [{ "strategy": "cart_percent", "args": [10.5, null] }] },
            "runs": [{ "name": "bf26", "count": 25, "codePrefix": "summer", "maxUsesPerCode": 1, "batchSize": 10 }, { "name": "second", "count": 3 }] },
          { "name": "Winter Sale", "start": "2027-12-01", "priority": 1 }
        ]
        """;

    private const string Data =
        """
        @{
            Promotions = @(
                @{
                    Name = 'Summer Sale'; Description = 'yes'; Enabled = $true; Priority = 2; End = '2027-09-30T22:00:00Z'
                    RuleSet = @{ currencies = @('EUR'); actions = @(@{ strategy = 'cart_percent'; args = @(10.5, $null) }) }
                    Runs = @(@{ Name = 'bf26'; Count = 25; CodePrefix = 'summer'; MaxUsesPerCode = 1; BatchSize = 10 }, @{ Name = 'second'; Count = 3 })
                }
                @{ Name = 'Winter Sale'; Start = '2027-12-01'; Priority = 1 }
            )
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("EpPromo-sync-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("promotions.yaml", Yaml)]
    [InlineData("promotions.json", Json)]
    [InlineData("promotions.psd1", Data)]
    public async Task A_file_is_made_so_and_the_second_time_only_reads_are_sent(string name, string content)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.UpdatePromotion(
            sandbox.Store.AddPromotion("summer SALE", enabled: false).Id, promotion => promotion with { Priority = 1, Description = "yes" });
        sandbox.Store.AddPromotion("Other");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0.2");
        string path = Write(name, content);

        RunResult plan = session.Run("Sync-EpPromotion $args[0] -WhatIf", path).ThrowIfFailed();
        Assert.Empty(sandbox.Writes());
        RunResult made = session.Run("Get-Item $args[0] | Sync-EpPromotion", path).ThrowIfFailed();
        int writes = sandbox.Writes().Count();
        RunResult again = session.Run("Sync-EpPromotion $args[0]; Sync-EpPromotion $args[0] -WhatIf", path).ThrowIfFailed();

        string[] expected =
        [
            "Set Enabled of summer SALE", "Set Priority of summer SALE", "Set End of summer SALE", "Set RuleSet of summer SALE",
            "Run bf26 of summer SALE", "Run second of summer SALE", "Create Name of Winter Sale", "Create Priority of Winter Sale", "Create Start of Winter Sale",
        ];
        Assert.Equal(expected, plan.Output.Select(difference => difference.ToString()));
        Assert.All(plan.Values("Applied"), applied => Assert.Equal("False", applied));
        Assert.Equal(expected.Order(), made.Output.Select(difference => difference.ToString()).Order());
        Assert.All(made.Values("Applied"), applied => Assert.Equal("True", applied));
        Assert.Empty(again.Output);
        Assert.Equal(writes, sandbox.Writes().Count());
        SandboxPromotion summer = sandbox.Store.Promotions[0];
        SandboxPromotion winter = sandbox.Store.Promotions[2];
        Assert.Equal(("summer SALE", true, 2), (summer.Name, summer.Enabled, summer.Priority));
        Assert.Equal(new DateTimeOffset(2027, 9, 30, 22, 0, 0, TimeSpan.Zero), summer.End);
        Assert.Equal("[10.5,null]", summer.RuleSet!.Value.GetProperty("actions")[0].GetProperty("args").GetRawText());
        Assert.Equal(("Winter Sale", new DateTimeOffset(2027, 12, 1, 0, 0, 0, TimeSpan.Zero), 1), (winter.Name, winter.Start, winter.Priority));
        Assert.Equal(28, sandbox.Store.Codes(summer.Id).Count);
    }

    /// <summary>A store may fill in the defaults of rules, and omit what is empty.</summary>
    [Fact]
    public async Task Rules_that_the_store_has_completed_are_no_difference_and_a_field_is_removed_with_null()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string path = Write("promotions.yaml", "promotions: [{ name: A, rule_set: { currencies: [EUR], catalog_ids: [], rules: { strategy: and } } }]");
        session.Run("Sync-EpPromotion $args[0]", path).ThrowIfFailed();
        JsonElement completed = JsonElement.Parse("""{"currencies":["EUR"],"rules":{"strategy":"and","children":[]},"actions":[{"limit":1}]}""");
        sandbox.Store.UpdatePromotion(sandbox.Store.Promotions[0].Id, promotion => promotion with { RuleSet = completed });

        RunResult again = session.Run("Sync-EpPromotion $args[0]", path).ThrowIfFailed();
        Assert.Empty(again.Output);
        Assert.Single(sandbox.Writes());

        path = Write("promotions.yaml", "promotions: [{ name: A, rule_set: { currencies: [EUR], actions: null } }]");
        RunResult removed = session.Run("Sync-EpPromotion $args[0]; Sync-EpPromotion $args[0]", path).ThrowIfFailed();
        Assert.Equal("Set RuleSet of A", Assert.Single(removed.Output).ToString());
        Assert.Equal(JsonValueKind.Null, sandbox.Store.Promotions[0].RuleSet!.Value.GetProperty("actions").ValueKind);
    }

    [Fact]
    public async Task Twice_under_faults_the_second_run_sends_only_reads()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Other");
        string path = Write("promotions.yml", "promotions:\n" + string.Concat(Enumerable.Range(1, 8).Select(i =>
            $"  - {{ name: P{i}, priority: {i}, enabled: true, rule_set: {{ n: {i} }}, runs: [{{ name: bf26, count: {i * 7}, batch_size: 10 }}] }}\n")));
        FaultRuleSet.AddTo(sandbox);
        foreach (string endpoint in (string[])["promotion-create", "promotion-update", "promotion-list", "promotion-get"])
        {
            foreach (string action in (string[])["drop-after", "drop-before", "status status=503 after=true", "status status=502 body=html", "malformed", "truncate"])
            {
                sandbox.Faults.Add($"endpoint={endpoint} action={action} probability=0.05");
            }
        }

        using ModuleSession session = new();
        PSObject store = FastTimeoutStore.Open(session, sandbox);

        RunResult made = session.Run("Sync-EpPromotion $args[0] -Store $args[1]", path, store).ThrowIfFailed();
        int writes = sandbox.Writes().Count();
        RunResult again = session.Run("Sync-EpPromotion $args[0] -Store $args[1]", path, store).ThrowIfFailed();

        Assert.Equal(8 * 5, made.Output.Count);
        Assert.Empty(again.Output);
        Assert.Equal(writes, sandbox.Writes().Count());
        Assert.Equal(["Other", .. Enumerable.Range(1, 8).Select(i => $"P{i}")], sandbox.Store.Promotions.Select(promotion => promotion.Name));
        Assert.Equal(Enumerable.Range(1, 8).Select(i => i * 7), sandbox.Store.Promotions.Skip(1).Select(promotion => sandbox.Store.Codes(promotion.Id).Count));
        Assert.Contains(sandbox.Faults.All, count => count is { Triggered: > 0, Rule.Endpoint: "promotion-create" });
    }

    [Fact]
    public async Task Promotions_that_are_not_in_the_file_are_deleted_only_with_Prune_and_asked()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Keep");
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Old").Id, ["a", "b"]);
        sandbox.Store.AddPromotion("Older");
        string path = Write("promotions.yaml", "promotions: [{ name: Keep }]");
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        Assert.Empty(session.Run("Sync-EpPromotion $args[0]", path).ThrowIfFailed().Output);
        RunResult plan = session.Run("Sync-EpPromotion $args[0] -Prune -WhatIf", path).ThrowIfFailed();
        Assert.Equal(["Delete Name of Old", "Delete Name of Older"], plan.Output.Select(difference => difference.ToString()));
        Assert.Empty(host.Questions);
        host.Answers.Enqueue("Yes");
        host.Answers.Enqueue("No");
        RunResult pruned = session.Run("Sync-EpPromotion $args[0] -Prune", path).ThrowIfFailed();

        Assert.Equal(["Old"], pruned.Values("PromotionName"));
        Assert.Contains("Promotion 'Old' is not in the file. Delete the promotion with its jobs and its 2 codes?", host.Questions[0], StringComparison.Ordinal);
        Assert.Equal(["Keep", "Older"], sandbox.Store.Promotions.Select(promotion => promotion.Name));
        session.Run("Sync-EpPromotion $args[0] -Prune -Force", path).ThrowIfFailed();
        Assert.Equal(["Keep"], sandbox.Store.Promotions.Select(promotion => promotion.Name));
        Assert.Equal(2, host.Questions.Count);
    }

    [Fact]
    public async Task Priorities_are_exchanged_in_an_order_in_which_they_are_free()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        foreach ((string name, int priority) in (ReadOnlySpan<(string, int)>)[("A", 1), ("B", 2), ("C", 3)])
        {
            sandbox.Store.UpdatePromotion(sandbox.Store.AddPromotion(name).Id, promotion => promotion with { Priority = priority });
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Sync-EpPromotion $args[0]", Write("p.json", """[{"name":"A","priority":2},{"name":"B","priority":3},{"name":"C","priority":4}]""")).ThrowIfFailed();
        RunResult taken = session.Run("Sync-EpPromotion $args[0]", Write("p.json", """[{"name":"A","priority":4},{"name":"B","priority":9}]"""));

        Assert.StartsWith("DuplicatePriority,", Assert.Single(taken.ErrorIds), StringComparison.Ordinal);
        Assert.Equal([2, 9, 4], sandbox.Store.Promotions.Select(promotion => promotion.Priority!.Value));
    }

    [Fact]
    public async Task One_promotion_that_cannot_be_made_so_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Twice");
        sandbox.Store.AddPromotion("Twice");
        sandbox.Store.AddPromotion("Automatic", automatic: true);
        sandbox.Store.AddPromotion("Held");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0.2");
        session.Run("Request-EpPromotionCode -Promotion Held -Count 5 -Name run -CodePrefix x").ThrowIfFailed();

        RunResult result = session.Run("Sync-EpPromotion $args[0]", Write("p.json",
            """
            [{"name":"Twice","priority":1},{"name":"Automatic","runs":[{"name":"r","count":1}]},
             {"name":"Held","runs":[{"name":"run","count":5,"code_prefix":"y"}]},{"name":"New"}]
            """));

        Assert.Equal(["AmbiguousPromotion", "AutomaticPromotion", "RunDiffers"], result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal(["Create Name of New"], result.Output.Select(difference => difference.ToString()));
    }

    [Theory]
    [InlineData("p.yaml", "promotions: [{ name: A, prioritty: 1 }]", "the key 'promotions[1].prioritty' is unknown, known are priority")]
    [InlineData("p.yaml", "promotion: []", "the key 'promotion' is unknown, known are promotions")]
    [InlineData("p.yaml", "promotions: [{ name: A, runs: [{ name: r, count: 1, prefix: x }] }]", "the key 'promotions[1].runs[1].prefix' is unknown")]
    [InlineData("p.yaml", "promotions: [{ name: A, enabled: yes }]", "'promotions[1].enabled' must be true or false")]
    [InlineData("p.yaml", "promotions: [{ name: A, end: 1.2.2027 }]", "'promotions[1].end' must be a time")]
    [InlineData("p.yaml", "promotions: [{ name: A, priority: high }]", "'promotions[1].priority' must be a whole number")]
    [InlineData("p.yaml", "promotions: [{ name: A, rule_set: '{}' }]", "'promotions[1].rule_set' must be an object")]
    [InlineData("p.yaml", "promotions: [{ name: A }, { name: a }]", "'promotions[2].name' has the value of another one")]
    [InlineData("p.yaml", "promotions: [{ name: A, priority: 1 }, { name: B, priority: 1 }]", "'promotions[2].priority' has the value of another one")]
    [InlineData("p.yaml", "promotions: [{ name: A, start: 2027-02-01, end: 2027-01-01 }]", "promotions[1]: The promotion would end before it starts")]
    [InlineData("p.yaml", "promotions: [{ name: A, runs: [{ name: r }] }]", "promotions[1].runs[1]: A run generates at least one code")]
    [InlineData("p.yaml", "promotions: [{ description: x }]", "promotions[1]: The name of the promotion contains")]
    [InlineData("p.yaml", "promotions: [{ name: A, automatic: true, runs: [{ name: r, count: 1 }] }]", "'promotions[1].runs' must be empty")]
    [InlineData("p.yaml", "promotions: [{ name: A, Name: B }]", "the key 'promotions[1].Name' is repeated")]
    [InlineData("p.yaml", "promotions: [", "it is not YAML (line ")]
    [InlineData("p.yaml", "", "it is empty")]
    [InlineData("p.yaml", "promotions:", "it has no promotions")]
    [InlineData("p.json", "{}", "it has no promotions")]
    [InlineData("p.json", "[]", "it has no promotions")]
    [InlineData("p.json", "{", "it is not JSON")]
    [InlineData("p.psd1", "@{ Promotions = @(Get-Process) }", "it is not a data file of PowerShell")]
    [InlineData("p.psd1", "@{", "it is not a data file of PowerShell (line 1")]
    public async Task An_invalid_file_is_an_error_that_says_where_and_nothing_is_sent(string name, string content, string error)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        RunResult result = session.Run("Sync-EpPromotion $args[0]", Write(name, content));

        Assert.StartsWith("BadSyncFile,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Contains(error, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Fact]
    public async Task All_mistakes_of_a_file_are_named_once_each_as_far_as_there_is_room()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string many = string.Join(", ", Enumerable.Range(1, 12).Select(number => $"{{ name: {number}, enabled: maybe }}"));

        RunResult result = session.Run("Sync-EpPromotion $args[0]", Write("p.yaml",
            """
            promotions:
              - { name: A, prioritty: 1, enabled: maybe, end: soon }
              - { name: [], priority: 5, runs: [{ name: r, count: many }, { name: r, count: 0 }] }
              - just a text
              - { name: a, priority: 5 }
            """));
        RunResult more = session.Run("Sync-EpPromotion $args[0]", Write("q.yaml", $"promotions: [{many}]"));

        string message = Assert.Single(result.Errors).ToString();
        Assert.EndsWith(
            "cannot be used: 'promotions[3]' must be an object; 'promotions[1].enabled' must be true or false; 'promotions[1].end' must be a time such as 2026-12-31T23:59:00Z; "
            + "the key 'promotions[1].prioritty' is unknown, known are priority; 'promotions[2].name' must be a text; "
            + "'promotions[2].runs[1].count' must be a whole number; 'promotions[2].runs[2].name' has the value of another one; "
            + "'promotions[4].name' has the value of another one; "
            + "'promotions[4].priority' has the value of another one. Nothing was sent.",
            message,
            StringComparison.Ordinal);
        Assert.Contains("'promotions[10].enabled' must be true or false; and 2 more. Nothing was sent.", Assert.Single(more.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-Item -LiteralPath $args[0] | Sync-EpPromotion")]
    [InlineData("Get-Item -LiteralPath $args[0] | Select-Object FullName | Sync-EpPromotion")]
    [InlineData("Sync-EpPromotion -LiteralPath $args[0]")]
    [InlineData("Sync-EpPromotion ([WildcardPattern]::Escape($args[0]))")]
    [InlineData("[pscustomobject]@{ Path = $args[0] -replace '\\[1\\]', '*' } | Sync-EpPromotion")]
    public async Task A_file_with_brackets_in_its_name_can_be_piped(string script)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(script, Write("shop[1].yaml", "promotions: [{ name: A }]")).ThrowIfFailed();

        Assert.Equal("A", Assert.Single(sandbox.Store.Promotions).Name);
    }

    [Theory]
    [InlineData("Sync-EpPromotion ./promotions.xml", "SyncFileFormat")]
    [InlineData("Sync-EpPromotion ./no-such-file.yaml", "CannotReadFile")]
    public async Task A_file_that_cannot_be_read_is_an_error(string script, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith(errorId + ",", Assert.Single(session.Run(script).ErrorIds), StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
