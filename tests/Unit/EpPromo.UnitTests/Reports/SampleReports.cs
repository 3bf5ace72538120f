using System.Globalization;
using EpPromo.Http.Reports;
using EpPromo.Reports;

namespace EpPromo.UnitTests.Reports;

/// <summary>Reports of made-up jobs: of runs with failures and retries, and with names that are markup.</summary>
internal static class SampleReports
{
    public const string HostileName = "<script>alert(1)</script> & \"'><img src=x onerror=alert(2)>]]>--></svg></style>";

    private static readonly string[] s_names = ["Summer Sale", "Black Friday", "Back to School", "Loyalty", "Partner Codes"];

    private static readonly DateTimeOffset s_start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Runs of <paramref name="jobs"/> jobs each on so many promotions; some fail, and some of these are not made up for.</summary>
    public static Report Of(int promotions, int jobs)
    {
        ReportBuilder builder = new();
        for (int i = 0; i < promotions; i++)
        {
            string id = Id(1, i);
            string name = i < s_names.Length ? s_names[i] : string.Create(CultureInfo.InvariantCulture, $"{s_names[i % s_names.Length]} {i:D4}");
            ReportSource source = builder.Of(null, id, name);
            bool isOpen = i % 50 == 3;
            for (int j = 0; j < jobs; j++)
            {
                bool isFailed = (j == 2 && i % 3 == 0) || (isOpen && j == jobs - 1);
                int planned = jobs - (i % 3 == 0 ? 1 : 0);
                source.Add(Job(id, name, string.Create(CultureInfo.InvariantCulture, $"bf26 {j + 1:D4}/{planned:D4}"), (i * jobs) + j, isFailed), isRunWhole: true);
            }
        }

        return Build(builder);
    }

    /// <summary>A report in which every text that comes from the store is markup.</summary>
    public static Report Hostile()
    {
        ReportBuilder builder = new();
        string id = Id(1, 1);
        ReportSource source = builder.Of(null, id, HostileName);
        source.Add(Job(id, HostileName, HostileName + " 0001/0002", 1, isFailed: true, HostileName), isRunWhole: true);
        source.Add(Job(id, HostileName, HostileName, 2, isFailed: true, HostileName), isRunWhole: true);
        source.Add(new PromotionJob(Job(id, HostileName, "\u0001\uFFFE\uD800 0002/0002", 3, isFailed: false)) { Status = HostileName }, isRunWhole: true);
        return builder.Build(HostileName, "0.0.0", s_start.AddHours(1));
    }

    public static Report Build(ReportBuilder builder) => builder.Build(null, "0.0.0", s_start.AddHours(6));

    public static PromotionJob Job(string promotionId, string promotionName, string name, int number, bool isFailed, string error = "internal error") => new()
    {
        JobId = Id(2, number),
        PromotionId = promotionId,
        PromotionName = promotionName,
        JobType = JobTypes.Generate,
        Name = name,
        Status = isFailed ? JobStatuses.Failed : JobStatuses.Completed,
        NumberOfCodes = 1000,
        Generated = isFailed ? 0 : 1000,
        CodePrefix = "bf",
        Error = isFailed ? error : null,
        CreatedAt = s_start.AddSeconds(number * 0.9),
        UpdatedAt = s_start.AddSeconds((number * 0.9) + 2 + (number % 7)),
    };

    public static async Task<byte[]> WriteAsync(Report report, ReportFormat format)
    {
        using MemoryStream file = new();
        await new ReportFiles().WriteAsync(report, format, file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static string Id(int kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind:D8}-0000-4000-8000-{number:D12}");
}
