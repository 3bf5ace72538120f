using System.Globalization;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Export-EpPromotionReport: which runs and jobs are in a report.</summary>
public sealed class ReportSelectionTests : ReportTest
{
    [Theory]
    [InlineData("Get-EpPromotionRun bf26 | Export-EpPromotionReport $args[0]")]
    [InlineData("(Get-EpPromotionRun bf26).Parts | Export-EpPromotionReport $args[0]")]
    [InlineData("Export-EpPromotionReport $args[0] -Run bf26")]
    [InlineData("Export-EpPromotionReport $args[0] -Run (Get-EpPromotionRun BF26)")]
    [InlineData("Export-EpPromotionReport $args[0] -Name BF26")]
    [InlineData("Export-EpPromotionReport $args[0] -Name *26")]
    [InlineData("Get-EpPromotion | Export-EpPromotionReport $args[0] -Name bf26")]
    [InlineData("Get-EpPromotionRun bf26 | ConvertTo-Csv | ConvertFrom-Csv | Export-EpPromotionReport $args[0]")]
    public async Task A_run_is_selected_in_every_way(string command)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(command, Json).ThrowIfFailed();
        Report(session);

        Assert.Equal(["bf26 0001/0001", "bf26 0001/0002", "bf26 0002/0002"], Lines(session, "$report.Promotions.Jobs.Name").Order(StringComparer.Ordinal));
        Assert.Equal(["bf26 22 completed"], Lines(session, "$report.Runs.ForEach{ \"$($_.Name) $($_.Generated) $($_.Status)\" }"));
    }

    /// <summary>Whether a run is complete, and whether its failed jobs are made up for, is known only from all of its jobs.</summary>
    [Theory]
    [InlineData("Get-EpPromotionRun bf26 | Get-EpPromotionJob | Export-EpPromotionReport $args[0]", 3)]
    [InlineData("Get-EpPromotionRun bf26 | Get-EpPromotionJob | ConvertTo-Csv | ConvertFrom-Csv | Export-EpPromotionReport $args[0]", 3)]
    [InlineData("Export-EpPromotionReport $args[0] -Job (Get-EpPromotionJob -Run bf26)", 3)]
    [InlineData("Get-EpPromotionJob Summer -Status failed | Export-EpPromotionReport $args[0]", 2)]
    [InlineData("Get-EpPromotionJob Summer | Where-Object Name -eq 'bf26 0001/0002' | Export-EpPromotionReport $args[0]", 1)]
    [InlineData("Export-EpPromotionReport $args[0] -Promotion Summer -JobId (Get-EpPromotionJob Summer -Status failed).JobId", 2)]
    public async Task Single_jobs_say_nothing_of_their_run(string command, int jobs)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        PSObject file = Assert.Single(session.Run(command, Json).ThrowIfFailed().Output);
        Report(session);

        Assert.Equal((jobs.ToString(CultureInfo.InvariantCulture), "0", "0"), (Value(file, "Jobs"), Value(file, "Runs"), Value(file, "OpenProblems")));
        Assert.Equal(jobs, Lines(session, "$report.Promotions.Jobs.Run").Length);
    }

    [Fact]
    public async Task A_run_and_some_of_its_jobs_are_the_run()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            "@(Get-EpPromotionJob Summer | Where-Object Name -like '* 0001/*') + @(Get-EpPromotionRun bf26) | Export-EpPromotionReport $args[0]", Json).ThrowIfFailed();
        Report(session);

        Assert.Equal(["bf26 completed"], Lines(session, "$report.Runs.ForEach{ \"$($_.Name) $($_.Status)\" }"));
        Assert.Equal(["4"], Lines(session, "$report.Promotions.Jobs.Count"));
    }

    [Theory]
    [InlineData("bf27", "1")]
    [InlineData("*", "1")]
    public async Task Ids_and_names_select_the_jobs_that_have_both(string name, string jobs)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$job = Get-EpPromotionJob Summer | Where-Object Name -eq 'bf27 0001/0003'; Export-EpPromotionReport $args[0] -Promotion Summer -JobId $job.JobId -Name $args[1]",
            Json,
            name).ThrowIfFailed();

        Assert.Equal([jobs], result.Values("Jobs"));
    }

    /// <summary>The run can be in the list that could not be read.</summary>
    [Fact]
    public async Task A_run_is_not_missing_if_a_list_could_not_be_read()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        sandbox.Faults.Add($"endpoint=job-list path=*{sandbox.Store.Promotions[1].Id}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Export-EpPromotionReport $args[0] -Name xmas", Html);

        Assert.DoesNotContain("RunNotFound", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-EpPromotionReport $args[0]", "9")]
    [InlineData("Get-EpPromotion | Export-EpPromotionReport $args[0]", "9")]
    [InlineData("'Winter' | Export-EpPromotionReport $args[0]", "3")]
    [InlineData("Export-EpPromotionReport $args[0] -Promotion Winter", "3")]
    [InlineData("Get-EpPromotionJob Winter | Export-EpPromotionReport $args[0]", "3")]
    [InlineData("Get-EpPromotionRun | Export-EpPromotionReport $args[0]", "8")]
    public async Task Jobs_without_a_run_are_part_of_what_a_promotion_did(string command, string jobs)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([jobs], session.Run(command, Html).ThrowIfFailed().Values("Jobs"));
    }

    /// <summary>An empty report has no open problems, so it would look like success.</summary>
    [Theory]
    [InlineData("@() | Export-EpPromotionReport $args[0]")]
    [InlineData("'Promotion,JobId' | ConvertFrom-Csv | Export-EpPromotionReport $args[0]")]
    [InlineData("Get-EpPromotion nothing* | Export-EpPromotionReport $args[0]")]
    [InlineData("Get-EpPromotionRun nothing* | Export-EpPromotionReport $args[0]")]
    [InlineData("Export-EpPromotionReport $args[0] -Name nothing*")]
    [InlineData("Get-EpPromotion Winter | Export-EpPromotionReport $args[0] -Name nothing*")]
    [InlineData("Get-EpPromotionRun nothing | Export-EpPromotionReport $args[0]", "RunNotFound")]
    [InlineData("Export-EpPromotionReport $args[0] -Name nothing", "RunNotFound")]
    [InlineData("Export-EpPromotionReport $args[0] -Run nothing", "RunNotFound")]
    [InlineData("Export-EpPromotionReport $args[0] -Promotion nothing", "PromotionNameNotFound")]
    [InlineData("Export-EpPromotionReport $args[0] -Promotion Summer -JobId 5b7e1a52-0000-4000-8000-000000000000", "JobNotFound")]
    [InlineData("Get-EpPromotionJob Summer | Where-Object Name -eq 'bf27 0001/0003' | Select-Object PromotionId, JobId | Export-EpPromotionReport $args[0] -Name bf26")]
    [InlineData("Export-EpPromotionReport $args[0] -JobId 5b7e1a52-0000-4000-8000-000000000000")]
    public async Task A_selection_of_nothing_is_an_error_and_keeps_an_existing_file(string command, params string[] before)
    {
        await File.WriteAllTextAsync(Html, "old", TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command, Html);

        Assert.Equal([.. before, "NothingToReport"], result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Empty(result.Output);
        Assert.Equal("old", await File.ReadAllTextAsync(Html, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Theory]
    [InlineData("Export-EpPromotionReport $args[0] -Name nothing, bf26", "RunNotFound")]
    [InlineData("Export-EpPromotionReport $args[0] -Run nothing, bf26", "RunNotFound")]
    [InlineData("'nothing', 'Winter' | Export-EpPromotionReport $args[0]", "PromotionNameNotFound")]
    public async Task An_unknown_name_beside_others_is_an_error_and_the_others_are_reported(string command, string errorId)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command, Html);

        Assert.Equal([errorId + ErrorSuffix], result.ErrorIds);
        Assert.Equal(["3"], result.Values("Jobs"));
    }
}
