using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>New-EpPromotion creates promotions, each once, and reports before anything is sent what can be known.</summary>
public sealed class NewPromotionTests
{
    private const string Rules = """{"catalog_ids":["all"],"rules":{"strategy":"and","children":[]},"actions":[{"args":[10.50,null,true,"Ä"]}]}""";

    [Fact]
    public async Task All_fields_are_sent_and_returned()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run(
            """
            New-EpPromotion 'Summer' -Description 'Hot' -Enabled $true -Priority 7 -Stackable $true -OverrideStacking $false -RuleSet $args[0] `
                -Start 2026-12-01T08:00Z -End ([DateTime]::new(2027, 1, 2, 3, 4, 5, [DateTimeKind]::Utc))
            """,
            Rules).ThrowIfFailed();

        SandboxPromotion promotion = Assert.Single(sandbox.Store.Promotions);
        Assert.Equal(promotion.Id, created.Values("PromotionId").Single());
        Assert.Equal(("Summer", "Hot", true, 7, true, false, false), (promotion.Name, promotion.Description, promotion.Enabled, promotion.Priority, promotion.Stackable, promotion.OverrideStacking, promotion.Automatic));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), promotion.Start);
        Assert.Equal(new DateTimeOffset(2027, 1, 2, 3, 4, 0, TimeSpan.Zero), promotion.End);
        Assert.Equal(Rules, promotion.RuleSet?.GetRawText());
        Assert.Equal(Rules, created.Values("RuleSet").Single());
    }

    [Theory]
    [InlineData("$rules = @{ actions = @(@{ args = 1, 2 }); currencies = [string[]]'USD'; n = $null }")]
    [InlineData("$rules = [pscustomobject]@{ actions = @([pscustomobject]@{ args = 1, 2 }); currencies = , 'USD'; n = $null }")]
    [InlineData("""$rules = '{"actions":[{"args":[1,2]}],"currencies":["USD"],"n":null}' | ConvertFrom-Json""")]
    [InlineData("""$rules = '{"actions":[{"args":[1,2]}],', '"currencies":["USD"],"n":null}'""")]
    [InlineData("""New-EpPromotion First -RuleSet '{"actions":[{"args":[1,2]}],"currencies":["USD"],"n":null}' | Out-Null; $rules = (Get-EpPromotion First).RuleSet""")]
    public async Task A_rule_set_can_be_a_hashtable_an_object_or_json_and_that_of_a_promotion(string script)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run($"{script}; New-EpPromotion Second -RuleSet $rules").ThrowIfFailed();

        Dictionary<string, string> fields = sandbox.Store.Promotions[^1].RuleSet!.Value.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetRawText());
        Assert.Equal(("""[{"args":[1,2]}]""", """["USD"]""", "null"), (fields["actions"], fields["currencies"], fields["n"]));
    }

    [Fact]
    public async Task A_table_of_promotions_with_their_rule_sets_round_trips()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            """
            New-EpPromotion A -RuleSet $args[0] -Priority 1 -Stackable $true -End 2027-01-01 | Out-Null
            $rows = Get-EpPromotion | Select-Object Name, Description, Enabled, Priority, Stackable, Start, End, RuleSet | ConvertTo-Csv | ConvertFrom-Csv
            Remove-EpPromotion A -Force
            $rows | New-EpPromotion
            """,
            Rules).ThrowIfFailed();

        SandboxPromotion promotion = Assert.Single(sandbox.Store.Promotions);
        Assert.Equal(("A", 1, true, Rules), (promotion.Name, promotion.Priority, promotion.Stackable, promotion.RuleSet?.GetRawText()));
    }

    [Theory]
    [InlineData("New-EpPromotion ''", "BadPromotionName")]
    [InlineData("New-EpPromotion \"a`nb\"", "BadPromotionName")]
    [InlineData("New-EpPromotion New -Start 2027-01-02 -End 2027-01-01", "PromotionEndsBeforeStart")]
    [InlineData("New-EpPromotion New -Start 2027-01-01 -End 2027-01-01", "PromotionEndsBeforeStart")]
    [InlineData("New-EpPromotion New -RuleSet '{\"rules\":'", "BadRuleSet")]
    [InlineData("New-EpPromotion New -RuleSet '[1]'", "BadRuleSet")]
    [InlineData("New-EpPromotion New -RuleSet 5", "BadRuleSet")]
    [InlineData("New-EpPromotion New -RuleSet @{ a = { } }", "BadRuleSet")]
    [InlineData("$h = @{ }; $h.self = $h; New-EpPromotion New -RuleSet $h", "BadRuleSet")]
    [InlineData("New-EpPromotion New -RuleSet @{ a = [double]::NaN }", "BadRuleSet")]
    [InlineData("New-EpPromotion New -RuleSet '{\"a\":1e400}'", "BadRuleSet")]
    [InlineData("New-EpPromotion OLD", "PromotionExists")]
    [InlineData("Copy-EpPromotion -Promotion Old -WhatIf", "PromotionExists")]
    [InlineData("New-EpPromotion New -Priority 3", "DuplicatePriority")]
    [InlineData("New-EpPromotion OLD -WhatIf", "PromotionExists")]
    [InlineData("New-EpPromotion New -End tomorrow", "ParameterArgumentTransformationError")]
    [InlineData("New-EpPromotion New -End '1.2.2027'", "ParameterArgumentTransformationError")]
    [InlineData("New-EpPromotion New -Enabled maybe", "ParameterArgumentTransformationError")]
    public async Task What_can_be_known_to_fail_is_not_sent(string script, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Old").Id;
        sandbox.Store.UpdatePromotion(id, promotion => promotion with { Priority = 3 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(script);

        Assert.StartsWith(errorId + ",", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task Two_rows_with_the_same_name_are_an_error_and_a_second_one_can_be_allowed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("'Name,Priority', 'A,1', 'a,2', 'B,1', 'C,' | ConvertFrom-Csv | New-EpPromotion");
        session.Run("New-EpPromotion A -AllowSameName").ThrowIfFailed();

        Assert.Equal(["A", "C"], result.Values("Name"));
        Assert.Equal(["PromotionExists", "DuplicatePriority"], result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal(["A", "C", "A"], sandbox.Store.Promotions.Select(promotion => promotion.Name));
    }

    [Fact]
    public async Task What_only_the_store_knows_is_an_error_with_its_words()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        for (int i = 0; i < 50; i++)
        {
            sandbox.Store.AddPromotion($"Automatic {i}", automatic: true);
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("New-EpPromotion One -Automatic $true");

        Assert.StartsWith("TooManyAutomatic,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("status status=502 after=true")]
    [InlineData("malformed")]
    public async Task A_lost_response_creates_one_promotion(string action)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 1");
        sandbox.Faults.Add(FaultRule.Parse($"endpoint=promotion-create action={action} times=1"));

        RunResult created = session.Run("New-EpPromotion A -AllowSameName -RuleSet $args[0]", Rules).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Promotions[1].Id, created.Values("PromotionId").Single());
        Assert.Equal(2, sandbox.Store.Promotions.Count);
    }

    [Fact]
    public async Task WhatIf_sends_no_write()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Empty(session.Run("New-EpPromotion A -WhatIf").ThrowIfFailed().Output);

        Assert.Empty(sandbox.Writes());
    }
}
