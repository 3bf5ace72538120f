using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>What promotions can be filtered on (contract section 6).</summary>
internal static class PromotionFilter
{
    public static readonly FilterFields Fields = new(new Dictionary<string, FilterField>
    {
        ["code"] = FilterField.Text("eq"),
        ["name"] = FilterField.Text("eq", "like", "ilike"),
        ["enabled"] = FilterField.Flag,
        ["stackable"] = FilterField.Flag,
        ["override_stacking"] = FilterField.Flag,
        ["start"] = FilterField.Moment,
        ["end"] = FilterField.Moment,
        ["rule_set.rules.strategy"] = FilterField.Text("eq"),
        ["rule_set.rules.args"] = FilterField.Text("eq"),
        ["account_tags"] = FilterField.Text("eq"),
    });

    public static bool Passes(FilterTerm term, SandboxPromotion promotion, Func<string, bool> hasCode) => term.Field switch
    {
        "code" => hasCode(term.Value),
        "name" => term.Matches(promotion.Name),
        "enabled" => term.Matches(promotion.Enabled),
        "stackable" => term.Matches(promotion.Stackable),
        "override_stacking" => term.Matches(promotion.OverrideStacking),
        "start" => term.Matches(promotion.Start),
        "end" => term.Matches(promotion.End),

        // How rules and tags are searched is not published; a mention is taken for a match.
        "account_tags" => Mentions(promotion.AccountTags, term.Value),
        _ => Mentions(promotion.RuleSet, term.Value),
    };

    private static bool Mentions(System.Text.Json.JsonElement? json, string value) =>
        json?.GetRawText().Contains($"\"{value}\"", StringComparison.Ordinal) ?? false;
}
