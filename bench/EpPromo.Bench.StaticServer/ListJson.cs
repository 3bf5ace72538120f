namespace EpPromo.Bench.StaticServer;

/// <summary>The JSON of a page of a list (contract section 5).</summary>
internal static class ListJson
{
    public static string Page(IEnumerable<string> data, int offset, int limit, int total)
    {
        string page = $$"""{"limit":{{limit}},"offset":{{offset}},"current":{{(offset / limit) + 1}},"total":{{(total + limit - 1) / limit}}}""";
        string results = $$"""{"total":{{total}}}""";
        return $$$"""{"data":[{{{string.Join(',', data)}}}],"links":{},"meta":{"page":{{{page}}},"results":{{{results}}}}}""";
    }
}
