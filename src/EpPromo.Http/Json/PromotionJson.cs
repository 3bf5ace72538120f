using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>Promotions and their codes as JSON (api-contract.md section 6).</summary>
internal static class PromotionJson
{
    /// <summary>Reads a promotion.</summary>
    public static Promotion Read(JObject json) => new()
    {
        PromotionId = Identifier.Canonical(json.RequiredKey("id")),
        Name = json.Text("name") ?? "",
        Description = json.Text("description") ?? "",
        Enabled = json.Flag("enabled"),
        Automatic = json.Flag("automatic"),
        Priority = json.Number("priority"),
        Start = json.Time("start"),
        End = json.Time("end"),
        CreatedAt = json.Object("meta")?.Object("timestamps")?.Time("created_at"),
    };

    /// <summary>Reads a code of a promotion.</summary>
    public static PromotionCode ReadCode(JObject json, string promotionId) => new()
    {
        PromotionId = promotionId,
        Code = json.RequiredKey("code"),
        CodeId = json.Key("id"),
        Uses = json.Number("uses"),
        MaxUses = json.Number("max_uses"),
        ConsumeUnit = json.Text("consume_unit"),
        CreatedAt = json.Object("meta")?.Object("timestamps")?.Time("created_at"),
    };

    /// <summary>The body that deletes codes by their texts.</summary>
    public static JObject WriteCodes(IEnumerable<string> codes) => new()
    {
        ["data"] = new JObject
        {
            ["type"] = "promotion_codes",
            ["codes"] = new JArray(codes.Select(code => new JObject { ["code"] = code })),
        },
    };
}
