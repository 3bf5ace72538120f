using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Promotions;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Jobs;

/// <summary>The body that creates a job (contract sections 3, 5 and 7).</summary>
internal static class JobRequestBody
{
    private const int MaxNameLength = 50;
    private const int MaxCodes = 1000;
    private const int MinCodeLength = 8;
    private const int MaxCodeLength = 16;

    /// <summary>Reads the body with or without "data": the vendor publishes both forms (contract section 7).</summary>
    /// <exception cref="ErrorResponseException">400, 415.</exception>
    public static JobSpec Read(HttpContext context)
    {
        string[] consumeUnits = PromotionVariant.Of(context).ConsumeUnits;
        return JsonRequestBody.Read(context, data => Read(data, consumeUnits), dataOptional: true);
    }

    /// <summary>Reads the fields of a job.</summary>
    /// <param name="data">The fields.</param>
    /// <param name="consumeUnits">What can count as one use of a code.</param>
    public static JobSpec Read(FieldReader data, string[] consumeUnits)
    {
        // One published body of a job has the type of codes.
        data.OneOf("type", required: true, "promotion_job", CodeResource.Type);
        string jobType = data.OneOf("job_type", required: true, JobSpec.Generate, JobSpec.Export) ?? "";
        string? name = data.NonBlankString("name", maxLength: MaxNameLength);
        if (jobType == JobSpec.Export)
        {
            data.Forbid("parameters", "is not allowed for an export");
            return new JobSpec { JobType = jobType, Name = name };
        }

        JobSpec? parameters = data.Object("parameters", required: true, fields => ReadParameters(fields, consumeUnits));
        return (parameters ?? new JobSpec { JobType = jobType }) with { Name = name };
    }

    private static JobSpec ReadParameters(FieldReader fields, string[] consumeUnits) => new()
    {
        JobType = JobSpec.Generate,
        NumberOfCodes = fields.Integer("number_of_codes", 1, MaxCodes, required: true),
        MaxUsesPerCode = fields.Integer("max_uses_per_code", 0, int.MaxValue),
        ConsumeUnit = fields.OneOf("consume_unit", required: false, consumeUnits),
        CodePrefix = fields.String("code_prefix"),
        CodeLength = fields.Integer("code_length", MinCodeLength, MaxCodeLength),
    };
}
