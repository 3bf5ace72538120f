using System.Text.Json;
using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads pages of lists (api-contract.md section 5, List). <c>meta</c> may be missing; <c>links</c> are not used at all.
/// </summary>
internal static class PageReader
{
    private const string Exact = "exact";

    /// <summary>Reads the page that was requested at <paramref name="offset"/>.</summary>
    public static Page<T> Read<T>(JsonElement json, int offset, Func<JsonElement, T> readItem)
    {
        JsonElement? meta = json.Object("meta");
        JsonElement? page = meta?.Object("page");
        int? limit = page?.Count("limit");
        return new Page<T>(
            [.. json.Objects("data").Select(readItem)],
            offset,
            limit is > 0 ? limit : null,
            meta?.Object("results") is { } results ? Total(results) : null,
            page?.Count("offset"));
    }

    /// <summary>
    /// The number of records; null if unknown. A count that stopped early, or whose method is unknown, does not
    /// show where a list ends (api-contract.md section 3).
    /// </summary>
    private static int? Total(JsonElement results)
    {
        int? total = results.Count("total");
        return results.Field("total_method") is null or { ValueKind: JsonValueKind.Null }
            || string.Equals(results.CosmeticText("total_method"), Exact, StringComparison.OrdinalIgnoreCase)
                ? total
                : null;
    }
}
