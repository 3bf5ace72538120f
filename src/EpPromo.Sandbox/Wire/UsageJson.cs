using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>A usage as it is published. The contract (section 6) says "who used what, when"; the rest is a guess.</summary>
internal static class UsageJson
{
    public static JsonObject Of(SandboxUsage usage, string promotionId) => new()
    {
        ["id"] = usage.Id.ToString(),
        ["type"] = "rule_promotion_usage",
        ["rule_promotion_id"] = promotionId,
        ["code_id"] = usage.CodeId.ToString(),
        ["code"] = usage.Code,
        ["used_on"] = JsonAnswer.Timestamp(usage.UsedOn),
        ["shopper"] = new JsonObject { ["name"] = usage.ShopperName, ["email"] = usage.ShopperEmail },
    };
}
