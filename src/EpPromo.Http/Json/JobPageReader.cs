using System.Text.Json;
using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads pages of jobs, more strictly than single jobs: a list is searched for the job of a create whose response was lost, so a damaged
/// job must not be read as another job.
/// </summary>
internal static class JobPageReader
{
    /// <summary>Reads the page that was requested at <paramref name="offset"/>.</summary>
    /// <param name="json">The response.</param>
    /// <param name="offset">The offset that was requested.</param>
    /// <param name="promotionId">The promotion whose jobs were requested.</param>
    /// <param name="isFiltered">Whether the request had a filter: then the total may count all jobs.</param>
    public static Page<PromotionJob> Read(JsonFields json, int offset, string promotionId, bool isFiltered) =>
        PageReader.Read(json, offset, isFiltered, item => ReadListed(item, promotionId));

    /// <summary>
    /// Reads a job in a list: it must have what every job has (api-contract.md section 5). The contract does not guarantee a name, so it
    /// may be missing; but no job has a name that is not a string.
    /// </summary>
    private static PromotionJob ReadListed(JsonFields json, string promotionId)
    {
        json.RequiredKey("job_type"u8);
        json.RequiredKey("status"u8);
        return json.Field("name"u8).Type is JsonTokenType.None or JsonTokenType.String
            ? JobReader.Read(json, promotionId)
            : throw InvalidResponseException.WrongType("name");
    }
}
