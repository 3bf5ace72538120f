using System.Globalization;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Filters;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Lists;

/// <summary>The query of a list request: page, filter and sort order (contract sections 3 and 5).</summary>
internal sealed record ListQuery(int Limit, int Offset, IReadOnlyList<FilterTerm> Filter, string? Sort)
{
    private const int MaxLimit = 100;
    private const int MaxOffset = 10_000;

    /// <summary>Reads and validates the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="defaultLimit">The page length if the query has none.</param>
    /// <param name="filterParser">Knows the fields that the list can be filtered by.</param>
    /// <param name="sorts">The values that "sort" can have.</param>
    /// <exception cref="ErrorResponseException">400.</exception>
    public static ListQuery Read(HttpContext context, int defaultLimit, FilterParser filterParser, params string[] sorts)
    {
        IQueryCollection query = context.Request.Query;
        foreach (string name in query.Keys)
        {
            bool known = name is "page[limit]" or "page[offset]" or "filter" || (name == "sort" && sorts.Length > 0);
            if (!known || query[name].Count != 1)
            {
                throw ErrorResponses.BadRequest($"Unknown or repeated query parameter: {name}");
            }
        }

        string? sort = query["sort"];
        if (sort is not null && !sorts.Contains(sort))
        {
            throw ErrorResponses.BadRequest($"Cannot sort by {sort}");
        }

        return new ListQuery(
            Integer(query, "page[limit]", defaultLimit, 1, MaxLimit),
            Integer(query, "page[offset]", 0, 0, MaxOffset),
            filterParser.Parse(query["filter"]),
            sort);
    }

    /// <summary>
    /// The query as the lists of jobs and codes apply it. Paging is not declared for them (contract section 5): if the options
    /// say so, they return the first page whatever the query says.
    /// </summary>
    public ListQuery WithUndeclaredPaging(SandboxOptions options) =>
        options.IgnorePagingOfJobsAndCodes ? this with { Limit = options.DefaultPageLength, Offset = 0 } : this;

    private static int Integer(IQueryCollection query, string name, int defaultValue, int min, int max)
    {
        string? text = query[name];
        if (text is null)
        {
            return defaultValue;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= min && value <= max
                ? value
                : throw ErrorResponses.BadRequest($"{name} must be a number from {min} to {max}");
    }
}
