using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>What promotions can be filtered on (contract section 6).</summary>
internal static class PromotionFilter
{
    private static readonly string[] Exact = ["eq"];
    private static readonly string[] Texts = ["eq", "like", "ilike"];
    private static readonly string[] Ordered = ["eq", "gt", "ge", "lt", "le"];

    public static readonly FilterFields Fields = new(new Dictionary<string, string[]>
    {
        ["code"] = Exact,
        ["name"] = Texts,
        ["enabled"] = Exact,
        ["stackable"] = Exact,
        ["override_stacking"] = Exact,
        ["start"] = Ordered,
        ["end"] = Ordered,
        ["rule_set.rules.strategy"] = Exact,
        ["rule_set.rules.args"] = Exact,
        ["account_tags"] = Exact,
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
