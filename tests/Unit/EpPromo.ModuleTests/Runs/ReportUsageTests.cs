using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Export-EpPromotionReport -IncludeUsage: how the codes are used.</summary>
public sealed class ReportUsageTests : ReportTest
{
    [Theory]
    [InlineData("Get-EpPromotionRun bf26 | Export-EpPromotionReport $args[0] -IncludeUsage", "$report.Promotions.Runs.Usage", "Get-EpPromotionRun bf26 | Measure-EpPromotionCode")]
    [InlineData("'Summer' | Export-EpPromotionReport $args[0] -IncludeUsage", "$report.Promotions.Usage", "Measure-EpPromotionCode Summer")]
    public async Task Usages_are_those_of_the_run_or_of_the_promotion(string command, string usages, string measure)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        sandbox.Store.UseCodes("Summer", 4, "bf26");
        sandbox.Store.UseCodes("Winter", 1, "bf26");
        sandbox.Store.UseCodes("Summer", 2, "bf27");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run(command, Json).ThrowIfFailed();
        session.Run(command, Html).ThrowIfFailed();
        Report(session);

        string[] expected = Lines(session, $"({measure}).ForEach{{ \"$($_.Codes) $($_.Used)\" }}");
        Assert.DoesNotContain(" 0", expected[0], StringComparison.Ordinal);
        Assert.Equal(expected.Order(StringComparer.Ordinal), Lines(session, usages + ".ForEach{ \"$($_.Codes) $($_.Used)\" }").Order(StringComparer.Ordinal));
        Assert.Contains(" used (", await File.ReadAllTextAsync(Html, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_codes_cannot_be_read_is_an_error_and_the_others_have_their_usages()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Store.UseCodes("Winter", 1, "xmas");
        sandbox.Faults.Add($"endpoint=code-list path=*{winter}* action=status status=404 times=1");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult result = session.Run("Export-EpPromotionReport $args[0] -Promotion Winter -Name bf26, xmas -IncludeUsage", Json);
        Report(session);

        Assert.Equal(winter, Assert.Single(result.Errors).TargetObject);
        Assert.Equal(["bf26 ", "xmas 3 1"], Lines(session, "$report.Promotions.Runs.ForEach{ \"$($_.Name) $($_.Usage.ForEach{ \"$($_.Codes) $($_.Used)\" })\" }"));
        Assert.Equal(["bf26"], Lines(session, "$report.Problems.Places.Run"));
    }

    [Fact]
    public async Task A_list_of_jobs_is_read_once_also_for_the_usages_of_several_runs()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run("Export-EpPromotionReport $args[0] -Promotion Winter -Name bf26, xmas -IncludeUsage", Json).ThrowIfFailed();
        Report(session);

        Assert.Equal(["7", "3"], Lines(session, "$report.Promotions.Runs.Usage.Codes"));
        Assert.Single(sandbox.Requests, request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Usages_are_read_only_if_they_are_requested()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionReport $args[0]", Html).ThrowIfFailed();

        Assert.DoesNotContain(sandbox.Requests, request => request.PathAndQuery.Contains("/usages", StringComparison.Ordinal) || request.PathAndQuery.Contains("/codes", StringComparison.Ordinal));
    }
}
