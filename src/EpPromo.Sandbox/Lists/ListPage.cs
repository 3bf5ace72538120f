using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EpPromo.Sandbox.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EpPromo.Sandbox.Lists;

/// <summary>Builds and writes a page of a list: "data", "links" and "meta" (contract section 5, "List").</summary>
internal static partial class ListPage
{
    /// <summary>Writes the requested page of a list.</summary>
    /// <param name="context">The request.</param>
    /// <param name="all">All items that pass the filter.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Which parts a page has.</param>
    /// <param name="toJson">Turns an item into its JSON.</param>
    public static Task WritePageAsync<T>(
        this HttpContext context, IReadOnlyList<T> all, ListQuery query, SandboxOptions options, Func<T, JsonNode> toJson) =>
        context.WritePageAsync(all.Skip(query.Offset).Take(query.Limit), all.Count, query, options, toJson);

    /// <summary>Writes a page whose items have been selected already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="items">The items of the page.</param>
    /// <param name="total">The number of items on all pages.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">Which parts a page has.</param>
    /// <param name="toJson">Turns an item into its JSON.</param>
    public static Task WritePageAsync<T>(
        this HttpContext context,
        IEnumerable<T> items,
        int total,
        ListQuery query,
        SandboxOptions options,
        Func<T, JsonNode> toJson) =>
        JsonResponse.WriteAsync(context, 200, ToJson(items.Select(toJson), total, query, context.Request.GetEncodedUrl(), options));

    private static JsonObject ToJson(
        IEnumerable<JsonNode> items, int total, ListQuery query, string requestUrl, SandboxOptions options)
    {
        var json = new JsonObject { ["data"] = new JsonArray([.. items]) };
        int reportedTotal = ReportedTotal(total, query, options);
        if (options.IncludeLinks)
        {
            bool hasMore = query.Offset + query.Limit < total;
            json["links"] = Links(reportedTotal, hasMore, query, requestUrl, options.LastPageNextLink);
        }

        if (options.IncludeMeta)
        {
            var results = new JsonObject { ["total"] = reportedTotal };
            results.AddUnlessNull("total_method", MethodName(options.TotalMethod));
            json["meta"] = new JsonObject
            {
                ["page"] = new JsonObject
                {
                    ["limit"] = query.Limit,
                    ["offset"] = query.Offset,
                    ["current"] = (query.Offset / query.Limit) + 1,
                    ["total"] = (reportedTotal + query.Limit - 1) / query.Limit,
                },
                ["results"] = results,
            };
        }

        return json;
    }

    private static int ReportedTotal(int total, ListQuery query, SandboxOptions options) => options.TotalMethod switch
    {
        TotalMethod.LowerBound => Math.Min(total, options.TotalCap),
        TotalMethod.Observed => Math.Min(total, query.Offset + query.Limit),
        _ => total,
    };

    private static string? MethodName(TotalMethod method) => method switch
    {
        TotalMethod.Exact => "exact",
        TotalMethod.LowerBound => "lower_bound",
        TotalMethod.Observed => "observed",
        _ => null,
    };

    private static JsonObject Links(int total, bool hasMore, ListQuery query, string requestUrl, LastPageNextLink lastPageNextLink)
    {
        string PageAt(int offset) => WithPage(requestUrl, query.Limit, offset);
        string current = PageAt(query.Offset);
        var links = new JsonObject
        {
            ["current"] = current,
            ["first"] = PageAt(0),
            ["last"] = PageAt(total == 0 ? 0 : (total - 1) / query.Limit * query.Limit),
        };
        if (hasMore)
        {
            links["next"] = PageAt(query.Offset + query.Limit);
        }
        else if (lastPageNextLink != LastPageNextLink.Omitted)
        {
            links["next"] = lastPageNextLink == LastPageNextLink.Current ? current : null;
        }

        links["prev"] = query.Offset == 0 ? null : PageAt(Math.Max(0, query.Offset - query.Limit));
        return links;
    }

    private static string WithPage(string url, int limit, int offset)
    {
        string bare = PageParameter().Replace(url, "").Replace("?&", "?", StringComparison.Ordinal).TrimEnd('?', '&');
        return $"{bare}{(bare.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page[limit]={limit}&page[offset]={offset}";
    }

    [GeneratedRegex(@"(?<=[?&])page(\[|%5B)(limit|offset)(\]|%5D)=[^&]*&?", RegexOptions.IgnoreCase)]
    private static partial Regex PageParameter();
}
