using System.Text.Json;
using EpPromo.Api;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads pages of lists (api-contract.md section 5, List). <c>meta</c> may be missing; <c>links</c> are not used at all. A list is searched for
/// what became of a request whose response was lost, so a damaged page must not be read as the end of the list.
/// </summary>
internal static class PageReader
{
    private const string Exact = "exact";

    /// <summary>Reads the page that was requested at <paramref name="offset"/>.</summary>
    /// <param name="json">The response.</param>
    /// <param name="offset">The offset that was requested.</param>
    /// <param name="isFiltered">Whether the request had a filter: then the total may count more than what the filter selects.</param>
    /// <param name="readItem">Callback: reads a record.</param>
    public static Page<T> Read<T>(JsonFields json, int offset, bool isFiltered, Func<JsonFields, T> readItem)
    {
        JsonFields? meta = json.Object("meta"u8);
        JsonFields? page = meta?.Object("page"u8);
        int? limit = page?.Count("limit"u8);
        IReadOnlyList<T> items = json.Objects("data"u8, readItem);
        int? total = meta?.Object("results"u8) is { } results ? Total(results) : null;

        // Some servers write null for an empty list; then their total must say that nothing follows.
        bool isNull = json.Field("data"u8).Type == JsonTokenType.Null;
        bool isEnd = total is null ? !isNull : total <= offset || (isFiltered && !isNull);
        return items.Count == 0 && !isEnd
            ? throw InvalidResponseException.Missing("data")
            : new Page<T>(items, offset, limit is > 0 ? limit : null, total, page?.Count("offset"u8));
    }

    /// <summary>
    /// The number of records; null if unknown. A count that stopped early, or whose method is unknown, does not
    /// show where a list ends (api-contract.md section 3).
    /// </summary>
    private static int? Total(JsonFields results)
    {
        int? total = results.Count("total"u8);
        return results.Field("total_method"u8).IsNull
            || string.Equals(results.CosmeticText("total_method"u8), Exact, StringComparison.OrdinalIgnoreCase)
                ? total
                : null;
    }
}
