using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Wire;

/// <summary>The query of a list request: which page, and of what (contract sections 3 and 5).</summary>
internal sealed record Query(int Limit, int Offset, IReadOnlyList<FilterTerm> Filter, string? Sort)
{
    private const int LongestPage = 100;
    private const int HighestOffset = 10_000;

    /// <summary>Reads and checks the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="defaultLimit">The page length where none is asked for.</param>
    /// <param name="filters">What can be filtered on.</param>
    /// <param name="sorts">What can be sorted by.</param>
    /// <exception cref="ApiError">400.</exception>
    public static Query Read(HttpContext context, int defaultLimit, FilterFields filters, params string[] sorts)
    {
        IQueryCollection query = context.Request.Query;
        foreach (string name in query.Keys)
        {
            bool known = name is "page[limit]" or "page[offset]" or "filter" || (name == "sort" && sorts.Length > 0);
            if (!known || query[name].Count != 1)
            {
                throw ApiError.BadRequest($"Unknown or repeated query parameter: {name}");
            }
        }

        string? sort = query["sort"];
        if (sort is not null && !sorts.Contains(sort))
        {
            throw ApiError.BadRequest($"Cannot sort by {sort}");
        }

        return new Query(
            Number(query, "page[limit]", defaultLimit, 1, LongestPage),
            Number(query, "page[offset]", 0, 0, HighestOffset),
            filters.Parse(query["filter"]),
            sort);
    }

    /// <summary>
    /// The query as the lists of jobs and codes take it, for which pages are not declared (contract section 5): the first page
    /// whatever was asked for, where the options say so.
    /// </summary>
    public Query WithUndeclaredPages(SandboxOptions options) =>
        options.IgnorePagingOfJobsAndCodes ? this with { Limit = options.DefaultPageLength, Offset = 0 } : this;

    private static int Number(IQueryCollection query, string name, int absent, int lowest, int highest)
    {
        string? text = query[name];
        if (text is null)
        {
            return absent;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= lowest && value <= highest
                ? value
                : throw ApiError.BadRequest($"{name} must be a number from {lowest} to {highest}");
    }
}
