using System.Globalization;
using System.Text.Json.Nodes;

namespace EpPromo.UnitTests.Http;

/// <summary>A store's lists as a script for <see cref="ScriptedOrigin"/>: in pages, as asked for or not, with as much meta as is wanted.</summary>
internal sealed class PagedOrigin
{
    public const int PageLength = 25;

    /// <summary>The records of the list, as JSON.</summary>
    public required IReadOnlyList<string> Records { get; init; }

    /// <summary>Whether it gives the first page whatever is asked for (api-contract.md section 5).</summary>
    public bool IgnoresPage { get; init; }

    /// <summary>Whether it tells the offset and the limit of the page that it gives.</summary>
    public bool TellsPage { get; init; }

    /// <summary>What it tells as the total, or null.</summary>
    public int? Total { get; init; }

    /// <summary>How it has counted (api-contract.md section 3), or null.</summary>
    public string? TotalMethod { get; init; }

    /// <summary>So many jobs, ended, the oldest first.</summary>
    public static string[] Jobs(int count) =>
    [
        .. Enumerable.Range(1, count).Select(i =>
            $$"""{"id":"j{{i}}","job_type":"code_export","status":"completed","name":"job {{i}}"}"""),
    ];

    /// <summary>The page that a request asks for, or the first one.</summary>
    public Reply Answer(RecordedRequest request)
    {
        const string name = "page[offset]=";
        int at = request.Query.IndexOf(name, StringComparison.Ordinal) + name.Length;
        int offset = IgnoresPage ? 0 : int.Parse(request.Query[at..].Split('&')[0], CultureInfo.InvariantCulture);
        JsonObject json = new() { ["data"] = new JsonArray([.. Records.Skip(offset).Take(PageLength).Select(record => JsonNode.Parse(record))]) };
        JsonObject meta = [];
        json["meta"] = meta;
        if (TellsPage)
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
