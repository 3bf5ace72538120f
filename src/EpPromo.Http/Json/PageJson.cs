using EpPromo.Api;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>
/// Pages of lists (api-contract.md section 5, List). <c>links</c> and <c>meta</c> may be missing; links are not even read.
/// </summary>
internal static class PageJson
{
    private const string Exact = "exact";

    /// <summary>Reads a page that was asked for at <paramref name="offset"/>.</summary>
    public static Page<T> Read<T>(JObject json, int offset, Func<JObject, T> item)
    {
        JObject? meta = json.Object("meta");
        JObject? page = meta?.Object("page");
        int? limit = page?.Count("limit");
        return new Page<T>(
            [.. json.Objects("data").Select(item)],
            offset,
            limit is > 0 ? limit : null,
            meta?.Object("results") is { } results ? Total(results) : null,
            page?.Count("offset"));
    }

    /// <summary>
    /// How many records there are, or null. A count that was broken off, or made in a way that is not known here, says nothing about where a list ends
    /// (api-contract.md section 3).
    /// </summary>
    private static int? Total(JObject results)
    {
        int? total = results.Count("total");
        return results["total_method"] is null or { Type: JTokenType.Null }
            || string.Equals(results.LooseText("total_method"), Exact, StringComparison.OrdinalIgnoreCase)
                ? total
                : null;
    }
}
