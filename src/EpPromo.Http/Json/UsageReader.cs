using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>Reads usages of codes (api-contract.md section 6). Any of their fields but the id may be null.</summary>
internal static class UsageReader
{
    /// <summary>Reads a usage. What it is selected and counted by must be valid.</summary>
    /// <param name="json">The usage.</param>
    /// <param name="promotionId">The promotion, which the response does not name; empty if it is not known.</param>
    public static PromotionUsage Read(JsonFields json, string promotionId) => new()
    {
        PromotionId = promotionId,
        UsageId = Identifier.Canonical(json.RequiredKey("id"u8)),
        Code = json.Key("code"u8) ?? "",
        CodeId = json.Key("code_id"u8),
        TimesUsed = json.Count("times_used"u8),
        UsedOn = json.Time("used_on"u8),
        OrderId = json.CosmeticText("order_id"u8),
        CustomerEmail = json.CosmeticText("customer_email"u8),
        CustomerId = json.CosmeticText("customer_id"u8),
        AccountId = json.CosmeticText("account_id"u8),
        Anonymized = json.Flag("anonymized"u8),
        UpdatedBy = json.CosmeticText("updated_by"u8),
        UpdatedAt = json.CosmeticObject("meta"u8)?.CosmeticObject("timestamps"u8)?.CosmeticTime("updated_at"u8),
    };
}
