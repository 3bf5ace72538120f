using System.Globalization;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Export-EpPromotionReport: what runs did, in a file.</summary>
public sealed class ReportTests : IDisposable
{
    private const string ErrorSuffix = ",EpPromo.PowerShell.ExportEpPromotionReportCommand";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    private string Html => Path.Combine(_folder, "report.html");

    private string Json => Path.Combine(_folder, "report.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
        Assert.Single(Directory.GetFiles(_folder));
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
        await File.WriteAllTextAsync(Path.Combine(_folder, "exists.html"), "old", TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        RunResult result = session.Run("Set-Location $args[0]; " + command, _folder);

        Assert.Equal([id + ErrorSuffix], result.ErrorIds);
        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Equal(["exists.html"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task WhatIf_reads_and_writes_nothing()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        int before = sandbox.Requests.Count;

        Assert.Empty(session.Run("Export-EpPromotionReport $args[0] -WhatIf", Html).ThrowIfFailed().Output);

        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_and_Force_creates_folders()
    {
        await File.WriteAllTextAsync(Html, "old", TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionReport $args[0]; Export-EpPromotionReport $args[1] -Force", Html, Path.Combine(_folder, "a", "b", "c.htm")).ThrowIfFailed();

        Assert.StartsWith("<!DOCTYPE html", await File.ReadAllTextAsync(Html, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "a", "b", "c.htm")));
    }

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

    private PSObject Report(ModuleSession session) =>
        session.Run("$global:report = Get-Content $args[0] -Raw | ConvertFrom-Json; $report", Json).ThrowIfFailed().Output[0];

    private static string[] Lines(ModuleSession session, string script) =>
        [.. session.Run(script).ThrowIfFailed().Output.Select(line => line.ToString())];

    private static string? Value(PSObject item, string property) => item.Properties[property].Value?.ToString();
}
