using System.Text.Json;
using EpPromo.Sandbox.Filters;

namespace EpPromo.Sandbox.Promotions;

/// <summary>The filters of the list of promotions (contract section 6).</summary>
internal static class PromotionFilter
{
    public static readonly FilterParser Parser = new(new Dictionary<string, FilterField>
    {
        ["code"] = FilterField.Text("eq"),
        ["name"] = FilterField.Text("eq", "like", "ilike"),
        ["enabled"] = FilterField.Boolean,
        ["stackable"] = FilterField.Boolean,
        ["override_stacking"] = FilterField.Boolean,
        ["start"] = FilterField.Timestamp("eq", "gt", "ge", "lt", "le"),
        ["end"] = FilterField.Timestamp("eq", "gt", "ge", "lt", "le"),
        ["rule_set.rules.strategy"] = FilterField.Text("eq", "in"),
        ["rule_set.rules.args"] = FilterField.Text("contains"),
        ["account_tags"] = FilterField.Text("contains"),
    });

    /// <param name="term">A term that <see cref="Parser"/> accepted.</param>
    /// <param name="promotion">The promotion.</param>
    /// <param name="hasCode">Whether the promotion has a code.</param>
    public static bool Matches(FilterTerm term, SandboxPromotion promotion, Func<string, bool> hasCode) => term.Field switch
    {
        "code" => hasCode(term.Value),
        "name" => term.Matches(promotion.Name),
        "enabled" => term.Matches(promotion.Enabled),
        "stackable" => term.Matches(promotion.Stackable),
        "override_stacking" => term.Matches(promotion.OverrideStacking),
        "start" => term.Matches(promotion.Start),
        "end" => term.Matches(promotion.End),
        "rule_set.rules.strategy" => Rules(promotion).Any(rule => Texts(rule, "strategy").Any(term.Matches)),
        "rule_set.rules.args" => Rules(promotion).Any(rule => Texts(rule, "args").Any(term.Matches)),
        _ => promotion.AccountTags is { } tags && Texts(tags).Any(term.Matches),
    };

    // Rules can contain rules. Whether a filter applies to the inner ones is not documented; here it does.
    private static IEnumerable<JsonElement> Rules(SandboxPromotion promotion) =>
        promotion.RuleSet is { } set && set.TryGetProperty("rules", out JsonElement rules) ? Rules(rules) : [];

    private static IEnumerable<JsonElement> Rules(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.Array => rule.EnumerateArray().SelectMany(Rules),
        JsonValueKind.Object => rule.TryGetProperty("children", out JsonElement inner) ? Rules(inner).Prepend(rule) : [rule],
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement rule, string field) =>
        rule.TryGetProperty(field, out JsonElement value) ? Texts(value) : [];

    // Every string and number at any depth: a rule's arguments can be lists of ids, and tags can be objects with a name.
    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.String => [json.GetString() ?? ""],
        JsonValueKind.Number => [json.GetRawText()],
        _ => [],
    };
}
