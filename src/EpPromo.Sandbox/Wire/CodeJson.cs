using System.Globalization;
using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>A code as it is published, and its fields as an export writes them (contract sections 5 and 6).</summary>
internal static class CodeJson
{
    public const string Type = "promotion_codes";

    // Older codes have only "uses" (contract section 6).
    private static readonly DateTimeOffset MaxUsesSince = new(2023, 4, 27, 0, 0, 0, TimeSpan.Zero);

    /// <param name="code">The code.</param>
    /// <param name="timesUsed">How often it has been used: "uses" is what remains (contract section 6).</param>
    public static JsonObject Of(SandboxCode code, int timesUsed = 0)
    {
        CodeTerms terms = code.Terms;
        var json = new JsonObject { ["id"] = code.Id.ToString(), ["type"] = Type, ["code"] = code.Code };
        json.AddUnlessNull("uses", terms.Uses is { } uses ? Math.Max(0, uses - timesUsed) : null);
        json.AddUnlessNull("user", terms.User);
        json["consume_unit"] = terms.ConsumeUnit;
        json.AddUnlessNull("max_uses", code.CreatedAt < MaxUsesSince ? null : terms.Uses);
        if (terms.MaxUsesPerShopper is { } perShopper)
        {
            json["max_uses_per_shopper"] =
                new JsonObject { ["max_uses"] = perShopper, ["includes_guests"] = terms.IncludesGuests ?? false };
        }

        json["is_for_new_shopper"] = terms.IsForNewShopper;
        json["created_by"] = terms.CreatedBy;
        json["meta"] = JsonAnswer.Timestamps(code.CreatedAt, updated: null);
        return json;
    }

    /// <summary>One field as an export writes it; empty where a code has no such field.</summary>
    public static string Field(SandboxCode code, string column) => column.ToUpperInvariant() switch
    {
        "CODE" => code.Code,
        "ID" => code.Id.ToString(),
        "USES" or "MAX_USES" => code.Terms.Uses?.ToString(CultureInfo.InvariantCulture) ?? "",
        "USER" => code.Terms.User ?? "",
        "CONSUME_UNIT" => code.Terms.ConsumeUnit,
        "IS_FOR_NEW_SHOPPER" => code.Terms.IsForNewShopper ? "true" : "false",
        "CREATED_BY" => code.Terms.CreatedBy,
        "CREATED_AT" => JsonAnswer.Timestamp(code.CreatedAt),
        _ => "",
    };
}
