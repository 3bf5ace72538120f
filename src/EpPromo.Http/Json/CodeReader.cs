using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>Reads single codes (api-contract.md section 6).</summary>
internal static class CodeReader
{
    /// <summary>Reads a code of a promotion. Its creation time identifies the job that created it, so it must be valid.</summary>
    public static PromotionCode Read(JsonElement json, string promotionId) => new()
    {
        PromotionId = promotionId,
        Code = json.RequiredKey("code"),
        Text = json.GetProperty("code").GetString()!,
        CodeId = json.Key("id"),
        Uses = json.CosmeticNumber("uses"),
        MaxUses = json.CosmeticNumber("max_uses"),
        ConsumeUnit = json.CosmeticText("consume_unit"),
        CreatedAt = json.Object("meta")?.Object("timestamps")?.Time("created_at"),
    };
}
