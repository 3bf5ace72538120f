using System.Text.Json;
using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>Reads usages of codes (api-contract.md section 6). Any of their fields but the id may be null.</summary>
internal static class UsageReader
{
    /// <summary>Reads a usage. What it is selected and counted by must be valid.</summary>
    /// <param name="json">The usage.</param>
    /// <param name="promotionId">The promotion, which the response does not name; empty if it is not known.</param>
    public static PromotionUsage Read(JsonElement json, string promotionId) => new()
    {
        PromotionId = promotionId,
        UsageId = Identifier.Canonical(json.RequiredKey("id")),
        Code = json.Key("code") ?? "",
        CodeId = json.Key("code_id"),
        TimesUsed = json.Count("times_used"),
        UsedOn = json.Time("used_on"),
        OrderId = json.CosmeticText("order_id"),
        CustomerEmail = json.CosmeticText("customer_email"),
        CustomerId = json.CosmeticText("customer_id"),
        AccountId = json.CosmeticText("account_id"),
        Anonymized = json.Flag("anonymized"),
        UpdatedBy = json.CosmeticText("updated_by"),
        UpdatedAt = json.CosmeticObject("meta")?.CosmeticObject("timestamps")?.CosmeticTime("updated_at"),
    };
}
