using System.Text.Json;
using EpPromo.Jobs;

namespace EpPromo.Http.Json;

/// <summary>The body of the request that creates a job (api-contract.md section 5, Create).</summary>
internal static class JobBody
{
    /// <summary>Writes the body. Parameters that are not set are left out, so that the API's own defaults apply.</summary>
    public static string Write(NewJob job) => JsonBody.Write("promotion_job", writer =>
    {
        writer.WriteText("job_type", job.JobType);
        writer.WriteText("name", job.Name);
        if (job.JobType == JobTypes.Generate)
        {
            WriteParameters(writer, job);
        }
    });

    private static void WriteParameters(Utf8JsonWriter writer, NewJob job)
    {
        writer.WriteStartObject("parameters");
        writer.WriteNumber("number_of_codes", job.NumberOfCodes);
        writer.WriteNumber("max_uses_per_code", job.MaxUsesPerCode);
        writer.WriteText("consume_unit", job.ConsumeUnit);
        writer.WriteText("code_prefix", job.CodePrefix);
        writer.WriteNumber("code_length", job.CodeLength);
        writer.WriteEndObject();
    }
}
