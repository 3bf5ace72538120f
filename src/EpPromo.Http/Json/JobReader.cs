using System.Text.Encodings.Web;
using System.Text.Json;
using EpPromo.Api;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads jobs (api-contract.md sections 5 and 7).</summary>
internal static class JobReader
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a job. Where the response does not name its promotion, it belongs to the one in the request.</summary>
    public static PromotionJob Read(JsonElement json, string promotionId)
    {
        string jobType = json.Text("job_type") ?? "";
        PromotionJob job = new()
        {
            JobId = Identifier.Canonical(json.RequiredKey("id")),
            PromotionId = Identifier.Canonical(json.Key("rule_promotion_id") ?? json.Key("promotion_id") ?? promotionId),
            JobType = jobType,
            Name = json.Text("name") ?? "",
            Status = json.Text("status") ?? "",
            Error = ReadError(json),
        };
        return JobStatuses.Is(jobType, JobTypes.Export) ? WithCosmetic(job, json) : WithCounts(job, json);
    }

    /// <summary>
    /// Adds what a run calculates with and finds its codes by: how many codes were requested and generated, when, and with which prefix. The
    /// other parameters are cosmetic.
    /// </summary>
    private static PromotionJob WithCounts(PromotionJob job, JsonElement json)
    {
        JsonElement? parameters = json.Object("parameters");
        JsonElement? result = json.Object("result") ?? json.Object("generate_result");
        JsonElement? times = json.Object("meta")?.Object("timestamps");
        return new PromotionJob(job)
        {
            NumberOfCodes = parameters?.Number("number_of_codes"),
            CodePrefix = parameters?.Text("code_prefix"),
            CodeLength = parameters?.CosmeticNumber("code_length"),
            MaxUsesPerCode = parameters?.CosmeticNumber("max_uses_per_code"),
            ConsumeUnit = parameters?.CosmeticText("consume_unit"),
            Generated = result?.Count("generated"),
            Deleted = result?.Count("deleted"),
            CreatedAt = times?.Time("created_at"),
            UpdatedAt = times?.Time("updated_at"),
        };
    }

    /// <summary>
    /// Adds what is only displayed of a job that generates no codes. Its creation time is not cosmetic: it distinguishes the job of a lost
    /// create from older ones.
    /// </summary>
    private static PromotionJob WithCosmetic(PromotionJob job, JsonElement json)
    {
        JsonElement? parameters = json.CosmeticObject("parameters");
        JsonElement? result = json.CosmeticObject("result") ?? json.CosmeticObject("generate_result");
        JsonElement? times = json.Object("meta")?.Object("timestamps");
        return new PromotionJob(job)
        {
            NumberOfCodes = parameters?.CosmeticNumber("number_of_codes"),
            CodePrefix = parameters?.CosmeticText("code_prefix"),
            CodeLength = parameters?.CosmeticNumber("code_length"),
            MaxUsesPerCode = parameters?.CosmeticNumber("max_uses_per_code"),
            ConsumeUnit = parameters?.CosmeticText("consume_unit"),
            Generated = result?.CosmeticCount("generated"),
            Deleted = result?.CosmeticCount("deleted"),
            CreatedAt = times?.Time("created_at"),
            UpdatedAt = times?.CosmeticTime("updated_at"),
        };
    }

    /// <summary>So far the error has been a string; anything else is displayed as JSON.</summary>
    private static string? ReadError(JsonElement json) => json.Field("error") switch
    {
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } error => DisplayText.Clean(JsonSerializer.Serialize(error, s_readable)),
        _ => json.Text("error").NullIfEmpty(),
    };
}
