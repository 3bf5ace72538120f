using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Text;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>Jobs as JSON (api-contract.md sections 5 and 7).</summary>
internal static class JobJson
{
    /// <summary>Reads a job; where the answer does not name its promotion, it is the one that was asked for.</summary>
    public static PromotionJob Read(JObject json, string promotionId)
    {
        string jobType = json.Text("job_type") ?? "";
        PromotionJob job = new()
        {
            JobId = Identifier.Canonical(json.RequiredKey("id")),
            PromotionId = Identifier.Canonical(json.Key("rule_promotion_id") ?? json.Key("promotion_id") ?? promotionId),
            JobType = jobType,
            Name = json.Text("name") ?? "",
            Status = json.Text("status") ?? "",
            Error = Error(json),
        };
        return JobStatuses.Is(jobType, JobTypes.Export) ? WithShown(job, json) : WithCounted(job, json);
    }

    /// <summary>
    /// Reads a page of jobs, more strictly than one job: a create whose answer was lost is looked for in it, and a list that was harmed on its
    /// way must not pass for one without the job.
    /// </summary>
    /// <param name="json">The answer.</param>
    /// <param name="offset">Where the page was asked for.</param>
    /// <param name="promotionId">Whose jobs were asked for.</param>
    /// <param name="isFiltered">Whether only some were asked for: then the total may be that of all of them.</param>
    public static Page<PromotionJob> ReadPage(JObject json, int offset, string promotionId, bool isFiltered)
    {
        Page<PromotionJob> page = PageJson.Read(json, offset, item => ReadListed(item, promotionId));
        bool isNull = json["data"] is not JArray;
        bool isContradicted = page.Total > offset && !isFiltered;

        // Some servers write null for an empty list; then they say besides that it is empty.
        return page.Items.Count == 0 && ((isNull && page.Total is null) || isContradicted)
            ? throw UnreadableException.Missing("data")
            : page;
    }

    /// <summary>The body of a create; what was not asked for is left out, so that the API's own defaults hold.</summary>
    public static JObject Write(NewJob job)
    {
        JObject data = new() { ["type"] = "promotion_job", ["job_type"] = job.JobType };
        Add(data, "name", job.Name);
        if (job.JobType == JobTypes.Generate)
        {
            JObject parameters = [];
            Add(parameters, "number_of_codes", job.NumberOfCodes);
            Add(parameters, "max_uses_per_code", job.MaxUsesPerCode);
            Add(parameters, "consume_unit", job.ConsumeUnit);
            Add(parameters, "code_prefix", job.CodePrefix);
            Add(parameters, "code_length", job.CodeLength);
            data["parameters"] = parameters;
        }

        return new JObject { ["data"] = data };
    }

    /// <summary>
    /// A job in a list has what every job has (api-contract.md section 5). Whether each has a name is not said, so one may be without; a name
    /// that is no text is none that was ever given.
    /// </summary>
    private static PromotionJob ReadListed(JObject json, string promotionId)
    {
        json.RequiredKey("job_type");
        json.RequiredKey("status");
        return json["name"] is null or { Type: JTokenType.String } ? Read(json, promotionId) : throw UnreadableException.WrongType("name");
    }

    /// <summary>
    /// Adds what a run calculates with and finds its codes by: how many were asked for and made, when, with which prefix. The other
    /// parameters may be missing anyway.
    /// </summary>
    private static PromotionJob WithCounted(PromotionJob job, JObject json)
    {
        JObject? parameters = json.Object("parameters");
        JObject? result = json.Object("result") ?? json.Object("generate_result");
        JObject? times = json.Object("meta")?.Object("timestamps");
        return job with
        {
            NumberOfCodes = parameters?.Number("number_of_codes"),
            CodePrefix = parameters?.Text("code_prefix"),
            CodeLength = parameters?.LooseNumber("code_length"),
            MaxUsesPerCode = parameters?.LooseNumber("max_uses_per_code"),
            ConsumeUnit = parameters?.LooseText("consume_unit"),
            Generated = result?.Count("generated"),
            Deleted = result?.Count("deleted"),
            CreatedAt = times?.Time("created_at"),
            UpdatedAt = times?.Time("updated_at"),
        };
    }

    /// <summary>
    /// Adds what is only shown of a job that makes no codes. Its time of creation is not: by that the one of a lost create is told from older
    /// ones.
    /// </summary>
    private static PromotionJob WithShown(PromotionJob job, JObject json)
    {
        JObject? parameters = json.LooseObject("parameters");
        JObject? result = json.LooseObject("result") ?? json.LooseObject("generate_result");
        JObject? times = json.Object("meta")?.Object("timestamps");
        return job with
        {
            NumberOfCodes = parameters?.LooseNumber("number_of_codes"),
            CodePrefix = parameters?.LooseText("code_prefix"),
            CodeLength = parameters?.LooseNumber("code_length"),
            MaxUsesPerCode = parameters?.LooseNumber("max_uses_per_code"),
            ConsumeUnit = parameters?.LooseText("consume_unit"),
            Generated = result?.LooseCount("generated"),
            Deleted = result?.LooseCount("deleted"),
            CreatedAt = times?.Time("created_at"),
            UpdatedAt = times?.LooseTime("updated_at"),
        };
    }

    /// <summary>The error is a text where it was seen; whatever else it may be is shown rather than stumbled over.</summary>
    private static string? Error(JObject json) => json["error"] switch
    {
        JObject or JArray => DisplayText.Clean(json["error"]!.ToString(Newtonsoft.Json.Formatting.None)),
        _ => json.Text("error") is { Length: > 0 } text ? text : null,
    };

    private static void Add(JObject to, string name, JToken? value)
    {
        if (value is JValue { Value: not null })
        {
            to[name] = value;
        }
    }
}
