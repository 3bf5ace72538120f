using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Promotions;

/// <summary>The JSON of a promotion (contract sections 6 and 7).</summary>
internal static class PromotionResource
{
    public static JsonObject ToJson(SandboxPromotion promotion, string storeId)
    {
        string type = PromotionVariant.Of(promotion.IsStandard).Type;
        var json = new JsonObject { ["id"] = promotion.Id, ["type"] = type, ["store_id"] = storeId, ["name"] = promotion.Name };
        json.AddUnlessNull("description", promotion.Description);
        json["enabled"] = promotion.Enabled;
        json["automatic"] = promotion.Automatic;
        json.AddUnlessNull("promotion_type", promotion.PromotionType);
        if (!promotion.IsStandard)
        {
            json.AddUnlessNull("priority", promotion.Priority);
            json["stackable"] = promotion.Stackable;
            json["override_stacking"] = promotion.OverrideStacking;
        }

        json.AddUnlessNull("start", promotion.Start is { } start ? Date(start) : null);
        json.AddUnlessNull("end", promotion.End is { } end ? Date(end) : null);
        json.AddUnlessNull("rule_set", Node(promotion.RuleSet));
        json.AddUnlessNull("account_tags", Node(promotion.AccountTags));
        json["created_by"] = SandboxStore.User;
        json["updated_by"] = SandboxStore.User;
        json["meta"] = Timestamps.Meta(promotion.CreatedAt, promotion.UpdatedAt);
        return json;
    }

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonNode? Node(JsonElement? element) => element is { } json ? JsonNode.Parse(json.GetRawText()) : null;
}
