using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>
/// Pages of lists (api-contract.md section 5, List). <c>links</c> and <c>meta</c> may be missing; links are not even read.
/// </summary>
internal static class PageJson
{
    /// <summary>Reads a page that was asked for at <paramref name="offset"/>.</summary>
    public static Page<T> Read<T>(JObject json, int offset, Func<JObject, T> item)
    {
        JObject? meta = json.Object("meta");
        int? limit = meta?.Object("page")?.Count("limit");
        return new Page<T>(
            [.. json.Objects("data").Select(item)],
            offset,
            limit is > 0 ? limit : null,
            meta?.Object("results")?.Count("total"));
    }
}
