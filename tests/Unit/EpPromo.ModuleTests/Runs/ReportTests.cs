using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Export-EpPromotionReport: what runs did, in a file.</summary>
public sealed class ReportTests : ReportTest
{
    [Fact]
    public async Task A_run_with_failures_and_lost_responses_is_reported_job_by_job()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        sandbox.Store.AddPromotion("Summer");
        sandbox.Store.AddPromotion("<script>alert(1)</script>");
        sandbox.Faults.Add("endpoint=job-create action=fail-job skip=1 every=2 times=2");
        sandbox.Faults.Add("endpoint=job-create action=drop-after skip=2 times=1");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        PSObject file = Assert.Single(session.Run(
            """
            $runs = Get-EpPromotion | Request-EpPromotionCode 25 -BatchSize 10 -Name bf26 -CodePrefix x
            $runs | Export-EpPromotionReport $args[0]
            """,
            Json).ThrowIfFailed().Output);
        PSObject report = Report(session);

        Assert.Equal((Json, "2", "1", "8"), (Value(file, "Path"), Value(file, "Promotions"), Value(file, "Runs"), Value(file, "Jobs")));
        Assert.Equal("0", Value(file, "OpenProblems"));
        Assert.Equal(["bf26 completed 50"], Lines(session, "$report.Runs.ForEach{ \"$($_.Name) $($_.Status) $($_.Generated)\" }"));
        Assert.Equal(["<script>alert(1)</script>", "Summer"], Lines(session, "$report.Promotions.PromotionName"));
        Assert.Equal(["8"], Lines(session, "$report.Promotions.Jobs.Count"));
        Assert.Equal(["JobFailed True"], Lines(session, "$report.Problems.ForEach{ \"$($_.ErrorId) $($_.IsResolved)\" }"));
        Assert.Equal("EpPromo.Report", Value(report, "Format"));
        Assert.Equal(
            sandbox.Store.Promotions.SelectMany(promotion => sandbox.Store.Jobs(promotion.Id)).Select(job => job.Id).Order(StringComparer.Ordinal),
            Lines(session, "$report.Promotions.Jobs.JobId").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_list_of_jobs_is_read_once()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:runs = Get-EpPromotionRun; $global:jobs = Get-EpPromotionJob Summer").ThrowIfFailed();
        int before = sandbox.Requests.Count;

        session.Run("$runs | Export-EpPromotionReport $args[0]", Html).ThrowIfFailed();
        Assert.Equal(2, sandbox.Requests.Skip(before).Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)));

        before = sandbox.Requests.Count;
        session.Run("$jobs | Export-EpPromotionReport $args[0]", Html).ThrowIfFailed();
        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Fact]
    public async Task A_run_with_missing_codes_is_an_open_problem_with_advice()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        PSObject file = Assert.Single(session.Run("Export-EpPromotionReport $args[0] -Name bf27", Json).ThrowIfFailed().Output);
        Report(session);

        Assert.Equal("2", Value(file, "OpenProblems"));
        Assert.Equal(["CodesLimitExceeded 2", "RunIncomplete 1"], Lines(session, "$report.Problems.ForEach{ \"$($_.ErrorId) $(@($_.Places).Count)\" }"));
        Assert.Contains("raise the code limit", Lines(session, "$report.Problems[0].RecommendedAction")[0], StringComparison.Ordinal);
        Assert.Contains("-Name 'bf27'", Lines(session, "$report.Problems[1].RecommendedAction")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-EpPromotionReport $args[0]", "0")]
    [InlineData("Get-EpPromotion | Export-EpPromotionReport $args[0]", "1")]
    public async Task A_store_without_jobs_gives_a_report_that_shows_no_success(string command, string promotions)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([promotions], session.Run(command, Html).ThrowIfFailed().Values("Promotions"));
        string page = await File.ReadAllTextAsync(Html, TestContext.Current.CancellationToken);
        Assert.Contains("There are no jobs to report.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<div data-tile=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_without_promotions_gives_a_report()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["0"], session.Run("Export-EpPromotionReport $args[0]", Html).ThrowIfFailed().Values("Promotions"));
    }

    [Fact]
    public async Task A_promotion_whose_jobs_cannot_be_read_is_an_error_and_part_of_the_report()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Export-EpPromotionReport $args[0]", Json);
        Report(session);

        Assert.Equal(winter, Assert.Single(result.Errors).TargetObject);
        Assert.Equal(["6"], result.Values("Jobs"));
        Assert.Contains("NotFound", Lines(session, "$report.Problems.ErrorId"));
    }

    [Fact]
    public async Task A_run_by_name_is_reported_on_the_promotions_whose_jobs_can_be_read()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Export-EpPromotionReport $args[0] -Run bf26", Json);
        Report(session);

        Assert.Equal(winter, Assert.Single(result.Errors).TargetObject);
        Assert.Equal([winter], Lines(session, "$report.Problems.Places.PromotionId"));
        Assert.Equal(["bf26 0001/0002", "bf26 0002/0002"], Lines(session, "$report.Promotions.Jobs.Name"));
    }

    [Theory]
    [InlineData("Export-EpPromotionReport x.txt", "UnknownReportFormat")]
    [InlineData("Export-EpPromotionReport ./reports/", "UnknownReportFormat")]
    [InlineData("Export-EpPromotionReport", "NoReportPath")]
    [InlineData("Export-EpPromotionReport a.html -LiteralPath b.html", "PathAndLiteralPath")]
    [InlineData("Export-EpPromotionReport missing/a.html", "FolderMissing")]
    [InlineData("Export-EpPromotionReport exists.html -NoClobber", "FileExists")]
    public async Task A_path_that_cannot_be_used_ends_the_command_before_a_request(string command, string id)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "exists.html"), "old", TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        RunResult result = session.Run("Set-Location $args[0]; " + command, Folder);

        Assert.Equal([id + ErrorSuffix], result.ErrorIds);
        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Equal(["exists.html"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task WhatIf_reads_and_writes_nothing()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        Assert.Empty(session.Run("Export-EpPromotionReport $args[0] -WhatIf", Html).ThrowIfFailed().Output);

        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_and_Force_createsFolders()
    {
        await File.WriteAllTextAsync(Html, "old", TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionReport $args[0]; Export-EpPromotionReport $args[1] -Force", Html, Path.Combine(Folder, "a", "b", "c.htm")).ThrowIfFailed();

        Assert.StartsWith("<!DOCTYPE html", await File.ReadAllTextAsync(Html, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "a", "b", "c.htm")));
    }

    [Fact]
    public async Task No_secret_is_in_a_report()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionReport $args[0]; Export-EpPromotionReport $args[1]", Html, Json).ThrowIfFailed();

        foreach (string file in new[] { Html, Json })
        {
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(sandbox.Options.ClientSecret, text, StringComparison.Ordinal);
            Assert.All(sandbox.Store.Codes(sandbox.Store.Promotions[0].Id), code => Assert.DoesNotContain(code.Code, text, StringComparison.Ordinal));
        }
    }
}
