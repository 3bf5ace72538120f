using System.Text.Json;
using EpPromo.Reports;

namespace EpPromo.UnitTests.Reports;

/// <summary>The JSON report: scripts rely on its properties.</summary>
public sealed class ReportJsonTests
{
    /// <summary>A change of this list that is more than an addition needs another version.</summary>
    private static readonly string[] s_properties =
    [
        "Format", "Version", "Title", "CreatedAt", "ModuleVersion",
        "Totals", "Totals.Promotions", "Totals.Runs", "Totals.CompletedRuns", "Totals.Generated", "Totals.Requested", "Totals.Jobs",
        "Totals.CompletedJobs", "Totals.FailedJobs", "Totals.CancelledJobs", "Totals.ActiveJobs", "Totals.OpenProblems", "Totals.Started", "Totals.LastChanged",
        "Problems", "Problems.ErrorId", "Problems.IsResolved", "Problems.Reason", "Problems.RecommendedAction",
        "Problems.Places", "Problems.Places.PromotionId", "Problems.Places.PromotionName", "Problems.Places.Run", "Problems.Places.JobId",
        "Problems.Places.JobName", "Problems.Places.Message", "Problems.Places.RecommendedAction",
        "Runs", "Runs.Name", "Runs.Store", "Runs.Kind", "Runs.Status", "Runs.Promotions", "Runs.Requested", "Runs.MaxRequested", "Runs.Generated",
        "Runs.Jobs", "Runs.Retried", "Runs.Started", "Runs.Finished",
        "Promotions", "Promotions.PromotionId", "Promotions.PromotionName", "Promotions.Store", "Promotions.Kind", "Promotions.Generated",
        "Promotions.Requested", "Promotions.Usage",
        "Promotions.Runs", "Promotions.Runs.Name", "Promotions.Runs.Status", "Promotions.Runs.Requested", "Promotions.Runs.MaxRequested",
        "Promotions.Runs.Generated", "Promotions.Runs.Jobs", "Promotions.Runs.Retried", "Promotions.Runs.CodePrefix", "Promotions.Runs.CodeLength",
        "Promotions.Runs.MaxUsesPerCode", "Promotions.Runs.ConsumeUnit", "Promotions.Runs.Started", "Promotions.Runs.Finished", "Promotions.Runs.Error",
        "Promotions.Runs.Path", "Promotions.Runs.Usage",
        "Promotions.Jobs", "Promotions.Jobs.JobId", "Promotions.Jobs.Name", "Promotions.Jobs.Run", "Promotions.Jobs.JobType", "Promotions.Jobs.Status",
        "Promotions.Jobs.NumberOfCodes", "Promotions.Jobs.Generated", "Promotions.Jobs.Deleted", "Promotions.Jobs.CreatedAt", "Promotions.Jobs.UpdatedAt",
        "Promotions.Jobs.Error",
    ];

    [Fact]
    public async Task Its_properties_are_those_of_version_1()
    {
        using JsonDocument json = await JsonOf(SampleReports.Of(1, 4));

        Assert.Equal(1, json.RootElement.GetProperty("Version").GetInt32());
        Assert.Equal(s_properties, PathsOf(json.RootElement, ""));
    }

    [Fact]
    public async Task Names_are_unchanged_and_cannot_end_a_script_element()
    {
        byte[] file = await SampleReports.WriteAsync(SampleReports.Hostile(), ReportFormat.Json);
        using JsonDocument json = JsonDocument.Parse(file);

        Assert.Equal(SampleReports.HostileName, json.RootElement.GetProperty("Promotions")[0].GetProperty("PromotionName").GetString());
        Assert.DoesNotContain((byte)'<', file);
    }

    [Fact]
    public async Task A_report_of_nothing_has_empty_lists()
    {
        using JsonDocument json = await JsonOf(SampleReports.Build(new ReportBuilder()));

        Assert.All(["Problems", "Runs", "Promotions"], (string list) => Assert.Equal(0, json.RootElement.GetProperty(list).GetArrayLength()));
        Assert.Equal(0, json.RootElement.GetProperty("Totals").GetProperty("Jobs").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("Totals").GetProperty("Started").ValueKind);
    }

    private static async Task<JsonDocument> JsonOf(Report report) =>
        JsonDocument.Parse(await SampleReports.WriteAsync(report, ReportFormat.Json));

    /// <summary>The properties of an object, and of the first item of each list in it.</summary>
    private static IEnumerable<string> PathsOf(JsonElement element, string prefix) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            new[] { prefix + property.Name }.Concat(PathsOf(property.Value, prefix + property.Name + "."))),
        JsonValueKind.Array => PathsOf(element[0], prefix),
        _ => [],
    };
}
