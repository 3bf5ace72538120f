using EpPromo.Codes;
using EpPromo.Stores;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>An endpoint of the API, and the call that sends a request to it.</summary>
/// <param name="Name">The endpoint's name in failure messages.</param>
/// <param name="IsFor">Whether a request with this method and path is for the endpoint.</param>
/// <param name="CallAsync">Makes the call and returns its result.</param>
internal sealed record FuzzEndpoint(string Name, Func<string, string, bool> IsFor, Func<StoreApi, Task<object?>> CallAsync)
{
    public const string Csv = "code,max_uses,consume_unit\nsummer-aa2b-3c4d,1,per_checkout\n\"summer-5e6f,\"\"7g8h\",,\n";
    public const string SignedSecret = "signed-secret";
    public const string DiskIsFull = "The disk is full.";

    private const string Promotion =
        """
        {"id":"8c150382-0000-4000-8000-000000000001","type":"rule_promotion","name":"Summer","description":"All of it","enabled":true,
         "automatic":false,"priority":5,"start":"2024-01-01T00:00:00Z","end":"2034-01-01T00:00:00Z","rule_set":{"rules":{"children":[]}},
         "meta":{"timestamps":{"created_at":"2023-12-03T23:31:40.962680423Z","updated_at":"2024-12-03T23:31:40Z"}}}
        """;

    private const string Code =
        """
        {"id":"c1","type":"promotion_codes","code":"summer-aa2b-3c4d","uses":3,"user":"","consume_unit":"per_checkout","max_uses":5,
         "meta":{"timestamps":{"created_at":"2024-12-03T23:31:40.962680423Z"}}}
        """;

    private const string Usage =
        """
        {"id":"u1","order_id":"o1","code_id":"c1","code":"summer-aa2b-3c4d","times_used":1,"used_on":"2024-12-03T23:31:40.962680423Z",
         "customer_id":"k1","account_id":null,"customer_email":"ada@example.com","anonymized":false,"updated_by":null,
         "meta":{"timestamps":{"updated_at":"2024-12-03T23:31:40Z"}}}
        """;

    private const string PageEnd =
        """
        "links":{"current":"https://store.example/x","next":"https://store.example/y"},
        "meta":{"page":{"limit":100,"offset":0,"current":1,"total":1},"results":{"total":1}}
        """;

    public static IReadOnlyList<FuzzEndpoint> All { get; } =
    [
        new("token", (_, path) => path.EndsWith("access_token", StringComparison.Ordinal), async api =>
            await api.Promotions.GetPromotionAsync(Samples.Promotion, CancellationToken.None)),
        new("promotion list", IsGet("rule-promotions"), async api => await api.Promotions.ListPromotionsAsync("Summer*", 0, CancellationToken.None)),
        new("promotion", IsGet(Samples.Promotion), async api => await api.Promotions.GetPromotionAsync(Samples.Promotion, CancellationToken.None)),
        new("promotion create", IsPost("rule-promotions"), async api =>
            await api.Promotions.CreatePromotionAsync(new() { Name = "n" }, CancellationToken.None)),
        new("promotion update", (method, _) => method == "PUT", async api =>
            await api.Promotions.UpdatePromotionAsync(Samples.Promotion, new() { Name = "n" }, CancellationToken.None)),
        new("job list", IsGet("jobs"), async api => await api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, CancellationToken.None)),
        new("job create", IsPost("jobs"), async api =>
            await api.Jobs.CreateJobAsync(Samples.Promotion, Samples.Generate, CancellationToken.None)),
        new("job cancel", IsPost("cancel"), async api =>
            await api.Jobs.CancelJobAsync(Samples.Promotion, Samples.JobId, CancellationToken.None)),
        new("code list", IsGet("codes"), async api => await api.Codes.ListCodesAsync(Samples.Promotion, "aa", 0, CancellationToken.None)),
        new("code", IsGet("codes"), async api =>
            await api.Codes.FindCodeAsync(Samples.Promotion, "summer-aa2b-3c4d", CancellationToken.None)),
        new("code add", IsPost("codes"), async api =>
            await api.Codes.AddCodesAsync(Samples.Promotion, [new NewCode { Text = "summer-aa2b-3c4d" }], CancellationToken.None)),
        new("code delete", (method, _) => method == "DELETE", async api =>
        {
            await api.Codes.DeleteCodesAsync(Samples.Promotion, ["aa", "bb", "cc"], CancellationToken.None);
            return null;
        }),
        new("usage list", IsGet("usages"), async api =>
            await api.Usages.ListUsagesAsync(Samples.Promotion, new() { Code = "aa" }, 0, CancellationToken.None)),
        new("usages of a code", (method, path) => method == "GET" && path.EndsWith("/c1/usages", StringComparison.Ordinal), async api =>
            await api.Usages.ListUsagesOfCodeAsync(Samples.Promotion, "c1", new(), 0, CancellationToken.None)),
        new("anonymize", IsPost("anonymize"), async api => await api.Usages.AnonymizeAsync(["u1", "u2"], CancellationToken.None)),
        new("file link", IsGet("file"), DownloadAsync),
        new("file", IsGet("codes.csv"), DownloadAsync),
    ];

    /// <summary>The body that the API sends when nothing goes wrong.</summary>
    public static string ValidResponse(string method, string path) => (method, path.Split('/')[^1]) switch
    {
        (_, "access_token") => Reply.TokenJson,
        ("GET", "rule-promotions") => $$"""{"data":[{{Promotion}}],{{PageEnd}}}""",
        ("GET", "jobs") => $$"""{"data":[{{Samples.Job}}],{{PageEnd}}}""",
        ("GET" or "POST", "codes") => $$"""{"data":[{{Code}}],{{PageEnd}}}""",
        ("GET", "usages") => $$"""{"data":[{{Usage}}],{{PageEnd}}}""",
        ("POST", "anonymize") => $$"""{"data":[{{Usage}}]}""",
        ("GET", "file") => $$"""{"href":"https://files.example/p1/codes.csv?Signature={{SignedSecret}}&n=1"}""",
        ("GET", "codes.csv") => Csv,
        ("DELETE", _) => "",
        ("POST", "rule-promotions") => $$"""{"data":{{Promotion}}}""",
        ("POST", _) => Samples.OneJob,
        _ => $$"""{"data":{{Promotion}}}""",
    };

    private static Func<string, string, bool> IsGet(string end) =>
        (method, path) => method == "GET" && path.EndsWith("/" + end, StringComparison.Ordinal);

    private static Func<string, string, bool> IsPost(string end) =>
        (method, path) => method == "POST" && path.EndsWith("/" + end, StringComparison.Ordinal);

    private static async Task<object?> DownloadAsync(StoreApi api)
    {
        using MemoryStream file = new SmallDisk();
        await api.Jobs.DownloadJobFileAsync(Samples.Promotion, Samples.JobId, file, CancellationToken.None);
        return file.ToArray();
    }

    /// <summary>A destination that is soon full, because nothing limits the length of a file.</summary>
    private sealed class SmallDisk : MemoryStream
    {
        private const int Size = 1024 * 1024;

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Length + count > Size ? throw new IOException(DiskIsFull) : base.WriteAsync(buffer, offset, count, cancellationToken);
    }
}
