using System.Text.Json;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Set-, Enable- and Disable-EpPromotion send what differs, and tell the changes of others.</summary>
public sealed class SetPromotionTests
{
    [Fact]
    public async Task Only_what_differs_is_sent()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Set-EpPromotion A -Enabled $true -Priority 5 -End 2027-01-01T00:00Z -Name B -RuleSet @{ rules = @{ } } -PassThru").ThrowIfFailed();
        RunResult again = session.Run("Set-EpPromotion B -Priority 5 -End 2027-01-01T00:00:59Z -RuleSet '{\"rules\":{}}'").ThrowIfFailed();

        RecordedRequest write = Assert.Single(sandbox.Writes());
        Assert.Equal(
            """{"data":{"type":"rule_promotion","name":"B","priority":5,"end":"2027-01-01T00:00Z","rule_set":{"rules":{}}}}""", write.Body);
        Assert.Equal(["B"], result.Values("Name"));
        Assert.Empty(again.Output);
    }

    [Fact]
    public async Task A_field_that_another_client_has_changed_is_an_error_unless_forced()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("A").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$a = Get-EpPromotion A").ThrowIfFailed();
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Priority = 7, Description = "theirs" });

        RunResult conflict = session.Run("$a | Set-EpPromotion -Priority 5");
        Assert.Empty(sandbox.Writes());
        RunResult other = session.Run("$a | Set-EpPromotion -Stackable $true").ThrowIfFailed();
        session.Run("$a | Set-EpPromotion -Priority 5 -Force").ThrowIfFailed();

        Assert.StartsWith("PromotionChanged,", Assert.Single(conflict.ErrorIds), StringComparison.Ordinal);
        Assert.Contains("Priority was not set and is now 7, so it was not set to 5", conflict.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("Another client has changed promotion 'A' meanwhile: Description, Priority. These changes were kept.", Assert.Single(other.Warnings));
        Assert.Equal((5, "theirs", true), (sandbox.Store.Promotions[0].Priority, sandbox.Store.Promotions[0].Description, sandbox.Store.Promotions[0].Stackable));
    }

    [Fact]
    public async Task Changes_of_the_session_itself_are_no_changes_by_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A", enabled: false);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$a = Get-EpPromotion A; $a | Set-EpPromotion -Priority 5; $a | Enable-EpPromotion; $a | Set-EpPromotion -Enabled $false -Priority 6").ThrowIfFailed();

        Assert.Empty(result.Warnings);
        Assert.Equal((false, 6), (sandbox.Store.Promotions[0].Enabled, sandbox.Store.Promotions[0].Priority));
    }

    /// <summary>A copy from a file or another process says what the promotion had, as a live object does.</summary>
    [Fact]
    public async Task A_deserialized_promotion_is_no_table_of_changes()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        DateTimeOffset end = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string id = sandbox.Store.AddPromotion("A", enabled: false).Id;
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { End = end, Priority = 1, Description = "old" });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$a = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-EpPromotion A)))").ThrowIfFailed();
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Priority = 2, Description = "new" });

        session.Run("$a | Set-EpPromotion -Enabled $true; $a | Copy-EpPromotion B").ThrowIfFailed();

        SandboxPromotion promotion = sandbox.Store.Promotions[0];
        Assert.Equal((true, 2, "new", end), (promotion.Enabled, promotion.Priority, promotion.Description, promotion.End));
        Assert.Equal((false, "new"), (sandbox.Store.Promotions[1].Enabled, sandbox.Store.Promotions[1].Description));
    }

    [Fact]
    public async Task A_deserialized_promotion_says_what_the_user_knows()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("A").Id;
        JsonElement rules = JsonElement.Parse("""{"rules":{"children":[{"args":[1]}]}}""");
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Priority = 1, RuleSet = rules, Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$a = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-EpPromotion A)))").ThrowIfFailed();
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Priority = 2, Description = "new" });

        RunResult changed = session.Run("$a | Set-EpPromotion -Priority 3");
        Assert.StartsWith("PromotionChanged,", Assert.Single(changed.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());

        RunResult set = session.Run("$a | Set-EpPromotion -Start 2026-01-02Z -RuleSet @{ rules = @{ } } -PassThru").ThrowIfFailed();
        Assert.Contains("Description, Priority", Assert.Single(set.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain("RuleSet", set.Warnings[0], StringComparison.Ordinal);
        session.Run("$a | Set-EpPromotion -Priority 3 -Force").ThrowIfFailed();
        Assert.Equal(3, sandbox.Store.Promotions[0].Priority);
    }

    [Fact]
    public async Task WhatIf_shows_the_values()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        RecordingHost host = new(300);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("Set-EpPromotion A -Priority 5 -Name B -Enabled $false -RuleSet @{ a = 1 } -WhatIf").ThrowIfFailed();

        Assert.Contains("\"Set Name = 'B', Enabled = False, Priority = 5, RuleSet = other rules\" on target \"Promotion 'A'\"", host.Screen, StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task Rows_of_a_table_change_what_their_cells_say()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        sandbox.Store.AddPromotion("B");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("'Promotion,Enabled,Priority', 'A,no,', 'B,,2' | ConvertFrom-Csv | Set-EpPromotion").ThrowIfFailed();

        Assert.Equal([(false, null), (true, 2)], sandbox.Store.Promotions.Select(promotion => (promotion.Enabled, promotion.Priority)));
    }

    [Theory]
    [InlineData("Set-EpPromotion A", "NothingToSet")]
    [InlineData("Get-EpPromotion A | Set-EpPromotion", "NothingToSet")]
    [InlineData("Set-EpPromotion A -End 2025-01-01", "PromotionEndsBeforeStart")]
    [InlineData("Set-EpPromotion A -Start 2027-01-02 -End 2027-01-01 -WhatIf", "PromotionEndsBeforeStart")]
    [InlineData("Set-EpPromotion A -Priority 9", "DuplicatePriority")]
    [InlineData("Set-EpPromotion A -RuleSet nothing", "BadRuleSet")]
    [InlineData("Set-EpPromotion C -Priority 1", "PromotionNameNotFound")]
    public async Task What_can_be_known_to_fail_is_not_sent(string script, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.UpdatePromotion(sandbox.Store.AddPromotion("A").Id, promotion => promotion with { Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        sandbox.Store.UpdatePromotion(sandbox.Store.AddPromotion("B").Id, promotion => promotion with { Priority = 9 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith(errorId + ",", Assert.Single(session.Run(script).ErrorIds), StringComparison.Ordinal);

        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task A_promotion_is_enabled_and_disabled_with_one_write_and_left_alone_if_it_is_so()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A", enabled: false);
        sandbox.Store.AddPromotion("B");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult enabled = session.Run("Get-EpPromotion | Enable-EpPromotion -PassThru").ThrowIfFailed();
        session.Run("Disable-EpPromotion A -WhatIf; Disable-EpPromotion B").ThrowIfFailed();

        Assert.Equal(["A", "B"], enabled.Values("Name").Order());
        Assert.Equal(["""{"data":{"type":"rule_promotion","enabled":true}}""", """{"data":{"type":"rule_promotion","enabled":false}}"""], sandbox.Writes().Select(write => write.Body));
        Assert.Equal([true, false], sandbox.Store.Promotions.Select(promotion => promotion.Enabled));
    }

    [Theory]
    [InlineData("drop-after", 1)]
    [InlineData("drop-before", 2)]
    [InlineData("status status=503", 2)]
    [InlineData("status status=409", 2)]
    public async Task A_lost_response_is_resolved_by_reading(string action, int writes)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(FaultRule.Parse($"endpoint=promotion-update action={action} times=1"));

        RunResult set = session.Run("Set-EpPromotion A -Priority 3 -PassThru").ThrowIfFailed();

        Assert.Equal(["3"], set.Values("Priority"));
        Assert.Equal(writes, sandbox.Writes().Count());
    }

    [Fact]
    public async Task A_column_of_a_table_does_not_enable_a_copy()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("'Promotion,Enabled,Description', 'A,True,copied' | ConvertFrom-Csv | Copy-EpPromotion B").ThrowIfFailed();

        Assert.Equal(("B", false, "copied"), (sandbox.Store.Promotions[1].Name, sandbox.Store.Promotions[1].Enabled, sandbox.Store.Promotions[1].Description));
    }

    [Fact]
    public async Task A_copy_has_the_rules_and_is_disabled()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        await using SandboxServer other = await Sandboxes.StartQuickAsync();
        JsonElement rules = JsonElement.Parse("""{"actions":[{"args":[1]}]}""");
        JsonElement tags = JsonElement.Parse("""["vip"]""");
        sandbox.Store.UpdatePromotion(
            sandbox.Store.AddPromotion("A").Id, promotion => promotion with { RuleSet = rules, AccountTags = tags, Priority = 4, Description = "d", Stackable = true });
        using ModuleSession session = new();
        session.Connect(other, "-Name other").ThrowIfFailed();
        session.Connect(sandbox, "-Name main").ThrowIfFailed();

        RunResult same = session.Run("Get-EpPromotion A | Copy-EpPromotion B -End 2027-01-01").ThrowIfFailed();
        RunResult away = session.Run("'A' | Copy-EpPromotion -Destination other -Enabled $true").ThrowIfFailed();
        RunResult twice = session.Run("Copy-EpPromotion -Promotion A -Destination other; Copy-EpPromotion -Promotion A; Copy-EpPromotion C -Promotion A -Priority 4; Copy-EpPromotion D -Promotion A -WhatIf");

        Assert.Equal(["main"], same.Values("Store"));
        Assert.Equal(["other"], away.Values("Store"));
        SandboxPromotion copy = sandbox.Store.Promotions[1];
        SandboxPromotion there = Assert.Single(other.Store.Promotions);
        Assert.All([copy, there], made => Assert.Equal((rules.GetRawText(), tags.GetRawText(), "d", true), (made.RuleSet?.GetRawText(), made.AccountTags?.GetRawText(), made.Description, made.Stackable)));
        Assert.Equal(("B", false, null, 2027), (copy.Name, copy.Enabled, copy.Priority, copy.End!.Value.AddDays(1).Year));
        Assert.Equal(("A", true, 4), (there.Name, there.Enabled, there.Priority));
        Assert.Equal(["PromotionExists", "PromotionExists", "DuplicatePriority"], twice.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal(2, sandbox.Store.Promotions.Count);
    }
}
