using System.Globalization;
using System.Text.Json.Nodes;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// A list of a store as a script for <see cref="ScriptedOrigin"/>: it may ignore the requested page, and may leave out parts of
/// <c>meta</c>.
/// </summary>
internal sealed class PagedOrigin
{
    public const int PageLength = 25;

    /// <summary>The records of the list, as JSON.</summary>
    public required IReadOnlyList<string> Records { get; init; }

    /// <summary>Whether it returns the first page whatever was requested (api-contract.md section 5).</summary>
    public bool IgnoresPage { get; init; }

    /// <summary>Whether it reports the offset and the limit of the page.</summary>
    public bool ReportsPage { get; init; }

    /// <summary>The total that it reports, or null for none.</summary>
    public int? Total { get; init; }

    /// <summary>The <c>total_method</c> that it reports (api-contract.md section 3), or null for none.</summary>
    public string? TotalMethod { get; init; }

    /// <summary>Completed jobs, sorted from the oldest.</summary>
    public static string[] Jobs(int count) =>
    [
        .. Enumerable.Range(1, count).Select(i =>
            $$"""{"id":"j{{i}}","job_type":"code_export","status":"completed","name":"job {{i}}"}"""),
    ];

    /// <summary>The requested page, or the first one.</summary>
    public Reply Respond(RecordedRequest request)
    {
        const string name = "page[offset]=";
        int at = request.Query.IndexOf(name, StringComparison.Ordinal) + name.Length;
        int offset = IgnoresPage ? 0 : int.Parse(request.Query[at..].Split('&')[0], CultureInfo.InvariantCulture);
        JsonObject json = new() { ["data"] = new JsonArray([.. Records.Skip(offset).Take(PageLength).Select(record => JsonNode.Parse(record))]) };
        JsonObject meta = [];
        json["meta"] = meta;
        if (ReportsPage)
        {
            meta["page"] = new JsonObject { ["limit"] = PageLength, ["offset"] = offset };
        }

        if (Total is { } total)
        {
            JsonObject results = new() { ["total"] = total };
            meta["results"] = results;
            if (TotalMethod is { } method)
            {
                results["total_method"] = method;
            }
        }

        return Reply.Ok(json.ToJsonString());
    }
}
