using System.Text.Json;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads jobs (api-contract.md sections 5 and 7).</summary>
internal static class JobReader
{
    /// <summary>Reads a job. Where the response does not name its promotion, it belongs to the one in the request.</summary>
    public static PromotionJob Read(JsonFields json, string promotionId)
    {
        string jobType = json.Text("job_type"u8) ?? "";
        PromotionJob job = new()
        {
            JobId = Identifier.Canonical(json.RequiredKey("id"u8)),
            PromotionId = Identifier.Canonical(json.Key("rule_promotion_id"u8) ?? json.Key("promotion_id"u8) ?? promotionId),
            JobType = jobType,
            Name = json.Text("name"u8) ?? "",
            Status = json.Text("status"u8) ?? "",
            Error = ReadError(json),
        };
        return JobStatuses.Is(jobType, JobTypes.Export) ? WithCosmetic(job, json) : WithCounts(job, json);
    }

    /// <summary>
    /// Adds what a run calculates with and finds its codes by: how many codes were requested and generated, when, and with which prefix. The
    /// other parameters are cosmetic.
    /// </summary>
    private static PromotionJob WithCounts(PromotionJob job, JsonFields json)
    {
        JsonFields? parameters = json.Object("parameters"u8);
        JsonFields? result = json.Object("result"u8) ?? json.Object("generate_result"u8);
        JsonFields? times = json.Object("meta"u8)?.Object("timestamps"u8);
        return new PromotionJob(job)
        {
            NumberOfCodes = parameters?.Number("number_of_codes"u8),
            CodePrefix = parameters?.Text("code_prefix"u8),
            CodeLength = parameters?.CosmeticNumber("code_length"u8),
            MaxUsesPerCode = parameters?.CosmeticNumber("max_uses_per_code"u8),
            ConsumeUnit = parameters?.CosmeticText("consume_unit"u8),
            Generated = result?.Count("generated"u8),
            Deleted = result?.Count("deleted"u8),
            CreatedAt = times?.Time("created_at"u8),
            UpdatedAt = times?.Time("updated_at"u8),
        };
    }

    /// <summary>
    /// Adds what is only displayed of a job that generates no codes. Its creation time is not cosmetic: it distinguishes the job of a lost
    /// create from older ones.
    /// </summary>
    private static PromotionJob WithCosmetic(PromotionJob job, JsonFields json)
    {
        JsonFields? parameters = json.CosmeticObject("parameters"u8);
        JsonFields? result = json.CosmeticObject("result"u8) ?? json.CosmeticObject("generate_result"u8);
        JsonFields? times = json.Object("meta"u8)?.Object("timestamps"u8);
        return new PromotionJob(job)
        {
            NumberOfCodes = parameters?.CosmeticNumber("number_of_codes"u8),
            CodePrefix = parameters?.CosmeticText("code_prefix"u8),
            CodeLength = parameters?.CosmeticNumber("code_length"u8),
            MaxUsesPerCode = parameters?.CosmeticNumber("max_uses_per_code"u8),
            ConsumeUnit = parameters?.CosmeticText("consume_unit"u8),
            Generated = result?.CosmeticCount("generated"u8),
            Deleted = result?.CosmeticCount("deleted"u8),
            CreatedAt = times?.Time("created_at"u8),
            UpdatedAt = times?.CosmeticTime("updated_at"u8),
        };
    }

    /// <summary>So far the error has been a string; anything else is displayed as JSON.</summary>
    private static string? ReadError(JsonFields json) => json.Field("error"u8) switch
    {
        { Type: JsonTokenType.StartObject or JsonTokenType.StartArray } error => DisplayText.Clean(error.RawText),
        _ => json.Text("error"u8).NullIfEmpty(),
    };
}
