using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Which promotions Get-EpPromotion returns.</summary>
[Collection(RenderingTests.Name)]
public sealed class GetPromotionTests
{
    [Theory]
    [InlineData("", "Off Later Now Over Self")]
    [InlineData("-Enabled", "Later Now Over Self")]
    [InlineData("-Enabled:$false", "Off")]
    [InlineData("-Active", "Now Self")]
    [InlineData("-Active:$false", "Off Later Over")]
    [InlineData("-Automatic", "Self")]
    [InlineData("-Active -Automatic:$false", "Now")]
    [InlineData("-Name '*e*' -Enabled -Active:$false", "Later Over")]
    [InlineData("-Code Shared", "Off Now")]
    [InlineData("-Code SHARED, own -Active", "Now")]
    public async Task They_pass_all_filters(string filters, string names)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string off = sandbox.Store.AddPromotion("Off", enabled: false).Id;
        Update(sandbox.Store.AddPromotion("Later"), promotion => promotion with { Start = now.AddHours(1) });
        string current = Update(sandbox.Store.AddPromotion("Now"), promotion => promotion with { Start = now.AddHours(-1), End = now.AddHours(1) });
        Update(sandbox.Store.AddPromotion("Over"), promotion => promotion with { End = now.AddHours(-1) });
        sandbox.Store.AddPromotion("Self", automatic: true);
        sandbox.Store.AddCodes(off, ["shared"]);
        sandbox.Store.AddCodes(current, ["shared", "own"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(names.Split(' ').Order(), session.Run($"Get-EpPromotion {filters}").ThrowIfFailed().Values("Name").Order());

        string Update(SandboxPromotion promotion, Func<SandboxPromotion, SandboxPromotion> change) =>
            sandbox.Store.UpdatePromotion(promotion.Id, change).Id;
    }

    [Fact]
    public async Task A_code_that_no_promotion_has_is_an_error()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("A").Id, ["it's"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotion -Code nothing, \"IT'S\", ''");

        Assert.Equal(["A"], result.Values("Name"));
        Assert.All(result.ErrorIds, id => Assert.StartsWith("NoPromotionHasCode,", id, StringComparison.Ordinal));
        Assert.Equal(2, result.Errors.Count);
    }

    [Fact]
    public async Task A_rule_set_is_read_with_dots_and_is_a_copy()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { IncludeSeedData = true });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            """
            $summer = Get-EpPromotion 'Summer Sale'
            $rules = $summer.RuleSet
            $rules.Actions[0].args = @(20)
            $rules.actions[0].args[0], $summer.RuleSet.actions[0].args[0], $summer.RuleSet.rules.strategy, ($summer.RuleSet | ConvertTo-Json -Depth 9 -Compress)
            ($summer | Format-List | Out-String -Width 500)
            """).ThrowIfFailed();

        Assert.Equal(["20", "10", "and"], result.Output.Take(3).Select(value => value.ToString()));
        string json = sandbox.Store.Promotions[0].RuleSet!.Value.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(json, result.Output[3].ToString());
        Assert.Contains($"RuleSet          : {json}", result.Output[4].ToString(), StringComparison.Ordinal);
    }
}
