using System.Text.Json.Nodes;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Codes;

/// <summary>The JSON of a code (contract section 6).</summary>
internal static class CodeResource
{
    public const string Type = "promotion_codes";

    // Older codes have only "uses" (contract section 6).
    private static readonly DateTimeOffset s_maxUsesSince = new(2023, 4, 27, 0, 0, 0, TimeSpan.Zero);

    /// <param name="code">The code.</param>
    /// <param name="timesUsed">How often it has been used; "uses" is the number of remaining uses (contract section 6).</param>
    public static JsonObject ToJson(SandboxCode code, int timesUsed = 0)
    {
        CodeTerms terms = code.Terms;
        var json = new JsonObject { ["id"] = code.Id.ToString(), ["type"] = Type, ["code"] = code.Code };
        json.AddUnlessNull("uses", terms.Uses is { } uses ? Math.Max(0, uses - timesUsed) : null);
        json.AddUnlessNull("user", terms.User);
        json["consume_unit"] = terms.ConsumeUnit;
        json.AddUnlessNull("max_uses", code.CreatedAt < s_maxUsesSince ? null : terms.Uses);
        if (terms.MaxUsesPerShopper is { } perShopper)
        {
            json["max_uses_per_shopper"] =
                new JsonObject { ["max_uses"] = perShopper, ["includes_guests"] = terms.IncludesGuests ?? false };
        }

        json["is_for_new_shopper"] = terms.IsForNewShopper;
        json["created_by"] = terms.CreatedBy;
        json["meta"] = Timestamps.Meta(code.CreatedAt, updated: null);
        return json;
    }
}
