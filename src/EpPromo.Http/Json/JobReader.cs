using System.Text.Json;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads jobs (api-contract.md sections 5 and 7).</summary>
internal static class JobReader
{
    /// <summary>
    /// Reads a job. Where the response does not name its promotion, it belongs to the one in the request. A run calculates with the numbers of
    /// the jobs that generate codes, and finds their codes by prefix and time; of other jobs, these are only displayed. The creation time is
    /// never cosmetic: it distinguishes the job of a lost create from older ones.
    /// </summary>
    public static PromotionJob Read(JsonFields json, string promotionId)
    {
        string jobType = json.Text("job_type"u8) ?? "";
        bool isCosmetic = JobStatuses.Is(jobType, JobTypes.Export);
        JsonFields? parameters = Object(json, "parameters"u8, isCosmetic);
        JsonFields? result = Object(json, "result"u8, isCosmetic) ?? Object(json, "generate_result"u8, isCosmetic);
        JsonFields? times = json.Object("meta"u8)?.Object("timestamps"u8);
        return new PromotionJob
        {
            JobId = Identifier.Canonical(json.RequiredKey("id"u8)),
            PromotionId = Identifier.Canonical(json.Key("rule_promotion_id"u8) ?? json.Key("promotion_id"u8) ?? promotionId),
            JobType = jobType,
            Name = json.Text("name"u8) ?? "",
            Status = json.Text("status"u8) ?? "",
            Error = ReadError(json),
            NumberOfCodes = isCosmetic ? parameters?.CosmeticNumber("number_of_codes"u8) : parameters?.Number("number_of_codes"u8),
            CodePrefix = isCosmetic ? parameters?.CosmeticText("code_prefix"u8) : parameters?.Text("code_prefix"u8),
            CodeLength = parameters?.CosmeticNumber("code_length"u8),
            MaxUsesPerCode = parameters?.CosmeticNumber("max_uses_per_code"u8),
            ConsumeUnit = parameters?.CosmeticText("consume_unit"u8),
            Generated = isCosmetic ? result?.CosmeticCount("generated"u8) : result?.Count("generated"u8),
            Deleted = isCosmetic ? result?.CosmeticCount("deleted"u8) : result?.Count("deleted"u8),
            CreatedAt = times?.Time("created_at"u8),
            UpdatedAt = isCosmetic ? times?.CosmeticTime("updated_at"u8) : times?.Time("updated_at"u8),
        };
    }

    private static JsonFields? Object(JsonFields json, ReadOnlySpan<byte> name, bool isCosmetic) =>
        isCosmetic ? json.CosmeticObject(name) : json.Object(name);

    /// <summary>So far the error has been a string; anything else is displayed as JSON.</summary>
    private static string? ReadError(JsonFields json) => json.Field("error"u8) switch
    {
        { Type: JsonTokenType.StartObject or JsonTokenType.StartArray } error => DisplayText.Clean(error.RawText),
        _ => json.Text("error"u8).NullIfEmpty(),
    };
}
