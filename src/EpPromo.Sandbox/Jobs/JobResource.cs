using System.Text.Json.Nodes;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Time;

namespace EpPromo.Sandbox.Jobs;

/// <summary>The JSON of a job (contract sections 5 and 7).</summary>
internal static class JobResource
{
    public static JsonObject ToJson(SandboxJob job, SandboxOptions options)
    {
        PromotionVariant variant = PromotionVariant.Of(job.IsStandard);
        var json = new JsonObject
        {
            ["id"] = job.Id,
            ["type"] = "promotion_job",
            [variant.IdField] = job.PromotionId,
            ["job_type"] = job.Spec.JobType,
        };
        json.AddUnlessNull("name", job.Spec.Name);
        json.AddUnlessNull("parameters", job.Spec.Generates ? Parameters(job.Spec, options.EchoDefaultParameters ? variant : null) : null);
        json["status"] = job.Status;
        json.AddUnlessNull("error", job.Error);
        json["meta"] = Timestamps.Meta(job.CreatedAt, job.UpdatedAt);
        json.AddUnlessNull(options.CountsUnderGenerateResult ? "generate_result" : "result", Counts(job, options));
        return json;
    }

    private static JsonObject Parameters(JobSpec spec, PromotionVariant? defaults)
    {
        var json = new JsonObject { ["number_of_codes"] = spec.NumberOfCodes };
        json.AddUnlessNull("max_uses_per_code", spec.MaxUsesPerCode);
        json.AddUnlessNull("consume_unit", spec.ConsumeUnit ?? defaults?.DefaultConsumeUnit);
        json.AddUnlessNull("code_prefix", spec.CodePrefix);
        json.AddUnlessNull("code_length", spec.CodeLength ?? (defaults is null ? null : JobSpec.DefaultCodeLength));
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
