using System.Text.Json;
using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads pages of jobs, more strictly than single jobs: a list is searched for the job of a create whose response was lost, so a damaged
/// list must not be read as a list without the job.
/// </summary>
internal static class JobPageReader
{
    /// <summary>Reads the page that was requested at <paramref name="offset"/>.</summary>
    /// <param name="json">The response.</param>
    /// <param name="offset">The offset that was requested.</param>
    /// <param name="promotionId">The promotion whose jobs were requested.</param>
    /// <param name="isFiltered">Whether the request had a filter: then the total may count all jobs.</param>
    public static Page<PromotionJob> Read(JsonElement json, int offset, string promotionId, bool isFiltered)
    {
        Page<PromotionJob> page = PageReader.Read(json, offset, item => ReadListed(item, promotionId));
        bool isNull = json.Field("data") is { ValueKind: JsonValueKind.Null };
        bool isContradicted = page.Total > offset && !isFiltered;

        // Some servers write null for an empty list; then their total must say that it is empty.
        return page.Items.Count == 0 && ((isNull && page.Total is null) || isContradicted)
            ? throw InvalidResponseException.Missing("data")
            : page;
    }

    /// <summary>
    /// Reads a job in a list: it must have what every job has (api-contract.md section 5). The contract does not guarantee a name, so it
    /// may be missing; but no job has a name that is not a string.
    /// </summary>
    private static PromotionJob ReadListed(JsonElement json, string promotionId)
    {
        json.RequiredKey("job_type");
        json.RequiredKey("status");
        return json.Field("name") is null or { ValueKind: JsonValueKind.String }
            ? JobReader.Read(json, promotionId)
            : throw InvalidResponseException.WrongType("name");
    }
}
