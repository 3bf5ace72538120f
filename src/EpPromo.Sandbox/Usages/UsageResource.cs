using System.Text.Json.Nodes;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Usages;

/// <summary>The JSON of a usage (contract section 6). Fields without a value are null, not omitted.</summary>
internal static class UsageResource
{
    public static JsonObject ToJson(SandboxUsage usage) => new()
    {
        ["id"] = usage.Id.ToString(),
        ["order_id"] = usage.OrderId?.ToString(),
        ["code_id"] = usage.CodeId?.ToString(),
        ["code"] = usage.Code,
        ["times_used"] = usage.TimesUsed,
        ["used_on"] = Timestamp(usage.UsedOn),
        ["customer_id"] = usage.CustomerId?.ToString(),
        ["account_id"] = usage.AccountId?.ToString(),
        ["customer_email"] = usage.CustomerEmail,
        ["anonymized"] = usage.Anonymized,
        ["updated_by"] = usage.UpdatedBy,
        ["meta"] = new JsonObject { ["timestamps"] = new JsonObject { ["updated_at"] = Timestamp(usage.UpdatedAt) } },
    };

    private static string? Timestamp(DateTimeOffset? at) => at is { } timestamp ? Timestamps.Format(timestamp) : null;
}
