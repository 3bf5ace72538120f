using System.Globalization;
using EpPromo.Promotions;

namespace EpPromo.Http.Json;

/// <summary>The body of the requests that create or update a promotion (api-contract.md section 6).</summary>
internal static class PromotionBody
{
    /// <summary>Writes the body. Fields that are null are left out.</summary>
    public static string Write(PromotionFields fields) => JsonBody.Write("rule_promotion", writer =>
    {
        writer.WriteText("name", fields.Name);
        writer.WriteText("description", fields.Description);
        writer.WriteFlag("enabled", fields.Enabled);
        writer.WriteFlag("automatic", fields.Automatic);
        writer.WriteNumber("priority", fields.Priority);
        writer.WriteFlag("stackable", fields.Stackable);
        writer.WriteFlag("override_stacking", fields.OverrideStacking);
        writer.WriteText("start", Time(fields.Start));
        writer.WriteText("end", Time(fields.End));
        writer.WriteValue("rule_set", fields.RuleSet);
        writer.WriteValue("account_tags", fields.AccountTags);
    });

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
