using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>A job as it is published (contract section 5).</summary>
internal static class JobJson
{
    public static JsonObject Of(SandboxJob job, SandboxOptions options)
    {
        var json = new JsonObject
        {
            ["id"] = job.Id,
            ["type"] = "promotion_job",
            ["rule_promotion_id"] = job.PromotionId,
            ["job_type"] = job.Spec.JobType,
        };
        json.AddUnlessNull("name", job.Spec.Name);
        json.AddUnlessNull("parameters", job.Spec.Generates ? Parameters(job.Spec, options.EchoDefaultParameters) : null);
        json["status"] = job.Status;
        json.AddUnlessNull("error", job.Error);
        json["meta"] = JsonAnswer.Timestamps(job.CreatedAt, job.UpdatedAt);
        json.AddUnlessNull(options.CountsUnderGenerateResult ? "generate_result" : "result", Counts(job, options));
        return json;
    }

    private static JsonObject Parameters(JobSpec spec, bool defaults)
    {
        var json = new JsonObject { ["number_of_codes"] = spec.NumberOfCodes };
        json.AddUnlessNull("max_uses_per_code", spec.MaxUsesPerCode);
        json.AddUnlessNull("consume_unit", spec.ConsumeUnit ?? (defaults ? CodeTerms.DefaultConsumeUnit : null));
        json.AddUnlessNull("code_prefix", spec.CodePrefix);
        json.AddUnlessNull("code_length", spec.CodeLength ?? (defaults ? JobSpec.DefaultCodeLength : null));
        return json;
    }

    private static JsonObject? Counts(SandboxJob job, SandboxOptions options)
    {
        if (job.Generated is null || (options.OmitCountsOfFailedJobs && job.Status == JobStatus.Failed))
        {
            return null;
        }

        var json = new JsonObject { ["generated"] = job.Generated };
        switch (options.DeletedCountFormat)
        {
            case DeletedCountFormat.AlwaysOmitted:
            case DeletedCountFormat.Omitted when job.Deleted == 0:
                break;
            case DeletedCountFormat.Null when job.Deleted == 0:
                json["deleted"] = null;
                break;
            default:
                json["deleted"] = job.Deleted;
                break;
        }

        return json;
    }
}
