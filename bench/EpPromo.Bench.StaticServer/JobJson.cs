namespace EpPromo.Bench.StaticServer;

/// <summary>The JSON of jobs, as the API's reference shows it (contract section 5).</summary>
internal static class JobJson
{
    private const string Parameters =
        """{"number_of_codes":1000,"max_uses_per_code":1,"consume_unit":"per_checkout","code_prefix":"summer-","code_length":8}""";

    private const string Meta = """{"timestamps":{"created_at":"2026-06-03T23:31:40.962680423Z","updated_at":"2026-06-03T23:31:42.962680423Z"}}""";

    /// <summary>A completed job that generated codes.</summary>
    public static string Generated(int number) =>
        $$$"""
        {"id":"{{{Id(number)}}}","type":"promotion_job","rule_promotion_id":"{{{Promotions.WithJobs}}}","job_type":"code_generate","name":"Newsletter {{{number:00000}}}","parameters":{{{Parameters}}},"status":"completed","meta":{{{Meta}}},"result":{"generated":1000,"deleted":0}}
        """;

    /// <summary>A new job, the response to a create.</summary>
    public static string Created(string promotion, int number) =>
        $$$"""
        {"data":{"id":"{{{Id(number)}}}","type":"promotion_job","rule_promotion_id":"{{{promotion}}}","job_type":"code_generate","name":"Newsletter","parameters":{{{Parameters}}},"status":"pending","meta":{{{Meta}}}}}
        """;

    /// <summary>The only job of <see cref="Promotions.WithExport"/>, a completed export.</summary>
    public static string Export { get; } =
        $$$"""
        {"id":"{{{Promotions.ExportJob}}}","type":"promotion_job","rule_promotion_id":"{{{Promotions.WithExport}}}","job_type":"code_export","name":"All codes","status":"completed","meta":{{{Meta}}}}
        """;

    private static string Id(int number) => $"9bc1391c-0000-4000-8000-{number:x12}";
}
