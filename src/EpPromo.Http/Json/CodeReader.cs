using EpPromo.Codes;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads single codes (api-contract.md section 6).</summary>
internal static class CodeReader
{
    /// <summary>Reads a code of a promotion. Its creation time identifies the job that created it, so it must be valid.</summary>
    public static PromotionCode Read(JsonFields json, string promotionId)
    {
        JsonFields? perShopper = json.CosmeticObject("max_uses_per_shopper"u8);
        return new PromotionCode(new ListedCode
        {
            PromotionId = promotionId,
            Code = json.RequiredKey("code"u8),
            Text = json.Field("code"u8).GetString(),
            CodeId = json.Key("id"u8),
            Uses = json.CosmeticNumber("uses"u8),
            MaxUses = json.CosmeticNumber("max_uses"u8),
            ConsumeUnit = json.CosmeticText("consume_unit"u8),
            User = json.CosmeticText("user"u8).NullIfEmpty(),
            MaxUsesPerShopper = perShopper?.CosmeticNumber("max_uses"u8),
            IncludesGuests = perShopper?.CosmeticFlag("includes_guests"u8),
            IsForNewShopper = json.CosmeticFlag("is_for_new_shopper"u8),
            CreatedAt = json.Object("meta"u8)?.Object("timestamps"u8)?.Time("created_at"u8),
        });
    }
}
