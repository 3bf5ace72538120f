using EpPromo.Text;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>Promotions and their codes as JSON (api-contract.md section 6).</summary>
internal static class PromotionJson
{
    /// <summary>
    /// Reads a promotion. It is found by its name, and people choose by its flags, which have no third value: those have to be right.
    /// </summary>
    public static Promotion Read(JObject json) => new()
    {
        PromotionId = Identifier.Canonical(json.RequiredKey("id")),
        Name = json.Text("name") ?? "",
        Description = json.LooseText("description") ?? "",
        Enabled = json.Flag("enabled"),
        Automatic = json.Flag("automatic"),
        Priority = json.LooseNumber("priority"),
        Start = json.LooseTime("start"),
        End = json.LooseTime("end"),
        CreatedAt = json.LooseObject("meta")?.LooseObject("timestamps")?.LooseTime("created_at"),
    };

    /// <summary>Reads a code of a promotion. Its time tells which job has made it, so that has to be right.</summary>
    public static PromotionCode ReadCode(JObject json, string promotionId) => new()
    {
        PromotionId = promotionId,
        Code = json.RequiredKey("code"),
        Text = (string)json["code"]!,
        CodeId = json.Key("id"),
        Uses = json.LooseNumber("uses"),
        MaxUses = json.LooseNumber("max_uses"),
        ConsumeUnit = json.LooseText("consume_unit"),
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
