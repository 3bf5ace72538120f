using System.Collections.Specialized;
using EpPromo.Http.Documents;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Promotions;

/// <summary>When the fields of a promotion differ, and when a promotion can be the one that was sent.</summary>
public class PromotionFieldsTests
{
    private static readonly DateTimeOffset s_start = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"b":[1.0,2],"a":1.00}""", false, true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", true, true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", true, false)]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", true, false)]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1,"c":2}}""", true, true)]
    [InlineData("""{"A":1}""", """{"a":1}""", true, true)]
    [InlineData("""{"a":1}""", null, true, true)]
    public void Rules_differ_by_their_meaning(string wanted, string? found, bool differs, bool matches)
    {
        PromotionFields fields = new() { Name = "n", RuleSet = Rules(wanted) };
        Promotion promotion = new() { Name = "n", RuleSet = found is null ? null : Rules(found) };

        Assert.Equal(differs ? ["RuleSet"] : [], fields.DifferencesTo(promotion).Select(field => field.Name));
        Assert.Equal(matches, fields.IsMatch(promotion));
    }

    /// <summary>So that Sync- has nothing to change in the second run, although the store has filled in or omitted fields.</summary>
    [Theory]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1.0,"c":2},"d":true}""", true)]
    [InlineData("""{"a":null,"b":[],"c":{"d":null},"e":""}""", """{}""", true)]
    [InlineData("""{"a":null}""", """{"a":[]}""", true)]
    [InlineData("""{"a":null}""", """{"a":1}""", false)]
    [InlineData("""{"a":[]}""", """{"a":[1]}""", false)]
    [InlineData("""{"a":[{"b":1}]}""", """{"a":[{"b":2,"c":3}]}""", false)]
    [InlineData("""{"a":1}""", null, false)]
    public void Rules_are_met_by_rules_with_more_fields(string wanted, string? found, bool isMet) => Assert.Equal(
        isMet ? [] : ["RuleSet"],
        new PromotionFields { RuleSet = Rules(wanted) }.UnmetBy(new() { RuleSet = found is null ? null : Rules(found) }).Select(field => field.Name));

    [Fact]
    public void Times_differ_in_whole_minutes_and_texts_as_the_store_returns_them()
    {
        PromotionFields fields = new() { Name = "e\u0301", Description = "a\nb", Start = s_start.AddSeconds(59).ToOffset(TimeSpan.FromHours(5)), Enabled = true };

        Assert.Empty(fields.DifferencesTo(new() { Name = "é", Description = "a b", Start = s_start, Enabled = true }));
        Assert.Equal(
            ["Name", "Description", "Enabled", "Start"],
            fields.DifferencesTo(new() { Name = "E", Start = s_start.AddMinutes(1) }).Select(field => field.Name));
    }

    [Fact]
    public void Only_the_differences_are_kept()
    {
        PromotionFields fields = new() { Name = "n", Priority = 5, Enabled = false, End = s_start };

        PromotionFields changes = fields.Only(fields.DifferencesTo(new() { Name = "n", Priority = 4 }));

        Assert.Equal(new PromotionFields { Priority = 5, End = s_start }, changes);
    }

    [Fact]
    public void An_end_is_compared_with_the_start_that_the_promotion_has()
    {
        Promotion current = new() { Name = "n", Start = s_start };

        new PromotionFields { End = s_start.AddMinutes(1) }.Validate(current);
        new PromotionFields { Description = "d" }.Validate(new() { Name = "n", Start = s_start, End = s_start });
        Assert.Equal("PromotionEndsBeforeStart", Assert.Throws<EpPromoException>(() => new PromotionFields { End = s_start.AddSeconds(59) }.Validate(current)).ErrorId);
    }

    [Fact]
    public void Keys_that_differ_in_case_only_are_kept_apart()
    {
        PromotionRuleSet rules = Rules("""{"a":1,"A":2}""");

        Assert.Equal("""{"a":1,"A":2}""", rules.ToString());
        Assert.Equal(rules.ToString(), new PromotionRuleSet(rules).ToString());
    }

    [Fact]
    public void A_promotion_hands_out_copies_of_its_rules()
    {
        Promotion promotion = new() { RuleSet = Rules("""{"actions":[{"args":[1]}]}""") };

        ((OrderedDictionary)((object?[])promotion.RuleSet!["actions"]!)[0]!)["args"] = "changed";

        Assert.Equal("""{"actions":[{"args":[1]}]}""", promotion.RuleSet!.ToString());
    }

    private static PromotionRuleSet Rules(string json) => new((OrderedDictionary)new DocumentReader().ReadJson(json)!);
}
