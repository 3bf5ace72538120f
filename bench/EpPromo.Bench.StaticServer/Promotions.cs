namespace EpPromo.Bench.StaticServer;

/// <summary>The promotions that requests use. Any other promotion exists, too, and has the jobs of <see cref="WithJobs"/>.</summary>
internal static class Promotions
{
    public const string WithJobs = "8c150382-0000-4000-8000-000000000001";

    public const string WithExport = "8c150382-0000-4000-8000-000000000002";

    public const string ExportJob = "8c150382-0000-4000-8000-000000000003";

    public static string List { get; } = ListJson.Page(
        [Json(WithJobs, "Jobs"), Json(WithExport, "Export")], offset: 0, limit: 100, total: 2);

    private static string Json(string id, string name) => $$"""{"id":"{{id}}","type":"rule_promotion","name":"{{name}}","enabled":true}""";
}
