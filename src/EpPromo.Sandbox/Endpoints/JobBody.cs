using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>The body that creates a job (contract sections 3 and 5).</summary>
internal static class JobBody
{
    private const int LongestName = 50;
    private const int MostCodes = 1000;
    private const int ShortestCode = 8;
    private const int LongestCode = 16;

    /// <summary>Reads it with or without "data": the vendor's pages have both (contract section 7).</summary>
    /// <exception cref="ApiError">400, 415.</exception>
    public static JobSpec Read(HttpContext context) => JsonBody.Read(context, Read, bare: true);

    private static JobSpec Read(Fields data)
    {
        // A published body of a job bears the type of codes.
        data.Choice("type", required: true, "promotion_job", CodeJson.Type);
        string jobType = data.Choice("job_type", required: true, JobSpec.Generate, JobSpec.Export) ?? "";
        string? name = data.Filled("name", longest: LongestName);
        if (jobType == JobSpec.Export)
        {
            data.Forbid("parameters", "does not belong to an export");
            return new JobSpec { JobType = jobType, Name = name };
        }

        JobSpec? parameters = data.Object("parameters", required: true, Parameters);
        return (parameters ?? new JobSpec { JobType = jobType }) with { Name = name };
    }

    private static JobSpec Parameters(Fields fields) => new()
    {
        JobType = JobSpec.Generate,
        NumberOfCodes = fields.Number("number_of_codes", 1, MostCodes, required: true),
        MaxUsesPerCode = fields.Number("max_uses_per_code", 0, int.MaxValue),
        ConsumeUnit = fields.Choice("consume_unit", required: false, ConsumeUnits.All),
        CodePrefix = fields.Text("code_prefix"),
        CodeLength = fields.Number("code_length", ShortestCode, LongestCode),
    };
}
