using System.Text.Json;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads single codes (api-contract.md section 6).</summary>
internal static class CodeReader
{
    /// <summary>Reads a code of a promotion. Its creation time identifies the job that created it, so it must be valid.</summary>
    public static PromotionCode Read(JsonElement json, string promotionId)
    {
        JsonElement? perShopper = json.CosmeticObject("max_uses_per_shopper");
        return new PromotionCode
        {
            PromotionId = promotionId,
            Code = json.RequiredKey("code"),
            Text = json.GetProperty("code").GetString()!,
            CodeId = json.Key("id"),
            Uses = json.CosmeticNumber("uses"),
            MaxUses = json.CosmeticNumber("max_uses"),
            ConsumeUnit = json.CosmeticText("consume_unit"),
            User = json.CosmeticText("user").NullIfEmpty(),
            MaxUsesPerShopper = perShopper?.CosmeticNumber("max_uses"),
            IncludesGuests = perShopper?.CosmeticFlag("includes_guests"),
            IsForNewShopper = json.CosmeticFlag("is_for_new_shopper"),
            CreatedAt = json.Object("meta")?.Object("timestamps")?.Time("created_at"),
        };
    }
}
