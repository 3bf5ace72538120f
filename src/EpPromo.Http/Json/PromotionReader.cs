using System.Collections.Specialized;
using System.Text.Json;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads promotions of both kinds (api-contract.md sections 6 and 7).</summary>
internal static class PromotionReader
{
    /// <summary>Reads a promotion. Scripts select promotions by name and flags, so these must be valid.</summary>
    public static Promotion Read(JsonElement json)
    {
        JsonElement? timestamps = json.CosmeticObject("meta")?.CosmeticObject("timestamps");
        return new()
        {
            PromotionId = Identifier.Canonical(json.RequiredKey("id")),
            Name = json.Text("name") ?? "",
            Description = json.CosmeticText("description") ?? "",
            Enabled = json.Flag("enabled"),
            Automatic = json.Flag("automatic"),
            PromotionType = json.CosmeticText("promotion_type").NullIfEmpty(),
            Priority = json.CosmeticNumber("priority"),
            Start = json.CosmeticTime("start"),
            End = json.CosmeticTime("end"),
            Stackable = json.Flag("stackable"),
            OverrideStacking = json.Flag("override_stacking"),
            RuleSet = json.Object("rule_set") is { } rules ? new PromotionRuleSet((OrderedDictionary)JsonValueReader.ReadClean(rules)!) : null,
            AccountTags = json.Field("account_tags") is { } tags ? JsonValueReader.ReadClean(tags) : null,
            CreatedAt = timestamps?.CosmeticTime("created_at"),
            UpdatedAt = timestamps?.CosmeticTime("updated_at"),
        };
    }
}
