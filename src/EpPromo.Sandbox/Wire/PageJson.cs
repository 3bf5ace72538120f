using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EpPromo.Sandbox.Wire;

/// <summary>A page of a list (contract section 5, "List").</summary>
internal static partial class PageJson
{
    /// <param name="items">The items of this page.</param>
    /// <param name="total">How many there are on all pages.</param>
    /// <param name="query">What was asked for.</param>
    /// <param name="self">The absolute URL of the request, to make links of.</param>
    /// <param name="options">Which parts a list carries.</param>
    public static JsonObject Of(IEnumerable<JsonNode> items, int total, Query query, string self, SandboxOptions options)
    {
        var json = new JsonObject { ["data"] = new JsonArray([.. items]) };
        int shown = Counted(total, query, options);
        if (options.IncludeLinks)
        {
            bool more = query.Offset + query.Limit < total;
            json["links"] = Links(shown, more, query, self, options.LastPageNextLink);
        }

        if (options.IncludeMeta)
        {
            var results = new JsonObject { ["total"] = shown };
            results.AddUnlessNull("total_method", Method(options.TotalMethod));
            json["meta"] = new JsonObject
            {
                ["page"] = new JsonObject
                {
                    ["limit"] = query.Limit,
                    ["offset"] = query.Offset,
                    ["current"] = (query.Offset / query.Limit) + 1,
                    ["total"] = (shown + query.Limit - 1) / query.Limit,
                },
                ["results"] = results,
            };
        }

        return json;
    }

    private static int Counted(int total, Query query, SandboxOptions options) => options.TotalMethod switch
    {
        TotalMethod.LowerBound => Math.Min(total, options.TotalCap),
        TotalMethod.Observed => Math.Min(total, query.Offset + query.Limit),
        _ => total,
    };

    private static string? Method(TotalMethod method) => method switch
    {
        TotalMethod.Exact => "exact",
        TotalMethod.LowerBound => "lower_bound",
        TotalMethod.Observed => "observed",
        _ => null,
    };

    private static JsonObject Links(int total, bool more, Query query, string self, LastPageNextLink form)
    {
        string At(int offset) => WithPage(self, query.Limit, offset);
        string current = At(query.Offset);
        var links = new JsonObject
        {
            ["current"] = current,
            ["first"] = At(0),
            ["last"] = At(total == 0 ? 0 : (total - 1) / query.Limit * query.Limit),
        };
        if (more)
        {
            links["next"] = At(query.Offset + query.Limit);
        }
        else if (form != LastPageNextLink.Omitted)
        {
            links["next"] = form == LastPageNextLink.Current ? current : null;
        }

        links["prev"] = query.Offset == 0 ? null : At(Math.Max(0, query.Offset - query.Limit));
        return links;
    }

    private static string WithPage(string self, int limit, int offset)
    {
        string bare = PageParameter().Replace(self, "").Replace("?&", "?", StringComparison.Ordinal).TrimEnd('?', '&');
        return $"{bare}{(bare.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page[limit]={limit}&page[offset]={offset}";
    }

    [GeneratedRegex(@"(?<=[?&])page(\[|%5B)(limit|offset)(\]|%5D)=[^&]*&?", RegexOptions.IgnoreCase)]
    private static partial Regex PageParameter();
}
