using EpPromo.Jobs;

namespace EpPromo.UnitTests.Http;

/// <summary>Requests and responses as in api-contract.md, sections 5 and 6.</summary>
internal static class Samples
{
    public const string Promotion = "8c150382-0000-4000-8000-000000000001";
    public const string JobId = "9bc1391c-0000-4000-8000-000000000002";

    public const string Job =
        """
        {"id":"9bc1391c-0000-4000-8000-000000000002","type":"promotion_job","rule_promotion_id":"8c150382-0000-4000-8000-000000000001",
         "job_type":"code_generate","name":"bf26 0001/0002",
         "parameters":{"number_of_codes":100,"max_uses_per_code":1,"consume_unit":"per_checkout","code_prefix":"summer-","code_length":8},
         "status":"completed",
         "meta":{"timestamps":{"created_at":"2024-12-03T23:31:40.962680423Z","updated_at":"2024-12-03T23:31:45.1Z"}},
         "result":{"generated":100,"deleted":0}}
        """;

    public const string OneJob = $$"""{"data":{{Job}}}""";

    public const string OneJobPage = $$"""{"data":[{{Job}}]}""";

    public static readonly NewJob Generate = new()
    {
        JobType = JobTypes.Generate,
        Name = "bf26 0001/0002",
        NumberOfCodes = 100,
        CodePrefix = "summer-",
    };
}
