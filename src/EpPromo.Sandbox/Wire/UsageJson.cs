using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>A usage as it is published (contract section 6): what has no value is null.</summary>
internal static class UsageJson
{
    public static JsonObject Of(SandboxUsage usage) => new()
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

    private static string? Timestamp(DateTimeOffset? at) => at is { } moment ? JsonAnswer.Timestamp(moment) : null;
}
