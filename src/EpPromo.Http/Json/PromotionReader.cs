using System.Collections.Specialized;
using System.Text.Json;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads promotions of both kinds (api-contract.md sections 6 and 7).</summary>
internal static class PromotionReader
{
    /// <summary>Reads a promotion. Scripts select promotions by name and flags, so these must be valid.</summary>
    public static Promotion Read(JsonFields json)
    {
        JsonFields? timestamps = json.CosmeticObject("meta"u8)?.CosmeticObject("timestamps"u8);
        return new()
        {
            PromotionId = Identifier.Canonical(json.RequiredKey("id"u8)),
            Name = json.Text("name"u8) ?? "",
            Description = json.CosmeticText("description"u8) ?? "",
            Enabled = json.Flag("enabled"u8),
            Automatic = json.Flag("automatic"u8),
            PromotionType = json.CosmeticText("promotion_type"u8).NullIfEmpty(),
            Priority = json.CosmeticNumber("priority"u8),
            Start = json.CosmeticTime("start"u8),
            End = json.CosmeticTime("end"u8),
            Stackable = json.Flag("stackable"u8),
            OverrideStacking = json.Flag("override_stacking"u8),
            RuleSet = json.Field("rule_set"u8) switch
            {
                { IsNull: true } => null,
                { Type: JsonTokenType.StartObject } rules => new PromotionRuleSet((OrderedDictionary)JsonValueReader.ReadClean(rules)!),
                _ => throw InvalidResponseException.WrongType("rule_set"),
            },
            AccountTags = json.Field("account_tags"u8) is { IsNull: false } tags ? JsonValueReader.ReadClean(tags) : null,
            CreatedAt = timestamps?.CosmeticTime("created_at"u8),
            UpdatedAt = timestamps?.CosmeticTime("updated_at"u8),
        };
    }
}
