using System.Globalization;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Get-EpPromotionRun: which runs there are, and how far they are.</summary>
public sealed class GetRunTests
{
    [Fact]
    public async Task A_run_on_several_promotions_is_one_object()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] ids = [sandbox.Store.AddPromotion("Summer").Id, sandbox.Store.AddPromotion("Winter").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("'Summer', 'Winter' | Request-EpPromotionCode 25 -BatchSize 10 -Name bf26 -CodePrefix x").ThrowIfFailed();

        PSObject run = Assert.Single(session.Run("Get-EpPromotionRun").ThrowIfFailed().Output);

        Assert.Equal("bf26", Value(run, "Name"));
        Assert.Equal("2", Value(run, "Promotions"));
        Assert.Equal(["Summer", "Winter"], List(run, "PromotionNames").Order(StringComparer.Ordinal));
        Assert.Equal(ids.Order(StringComparer.Ordinal), List(run, "PromotionIds").Order(StringComparer.Ordinal));
        Assert.Equal(("50", "50", "50"), (Value(run, "Requested"), Value(run, "MaxRequested"), Value(run, "Generated")));
        Assert.Equal(("6", "completed", null), (Value(run, "Jobs"), Value(run, "Status"), Value(run, "Error")));
        Assert.Equal(sandbox.BaseUri.Authority, Value(run, "Store"));
        Assert.All(["Started", "Finished"], name => Assert.IsType<DateTimeOffset>(run.Properties[name].Value));
    }

    [Fact]
    public async Task Runs_are_found_by_name_and_by_pattern()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf26"], Names(session.Run("Get-EpPromotionRun BF26")));
        Assert.Equal(["bf27", "bf26"], Names(session.Run("Get-EpPromotionRun bf*")));
        Assert.Equal(["xmas", "bf26"], Names(session.Run("Get-EpPromotionRun -Name bf26, xmas")));
        Assert.Empty(session.Run("Get-EpPromotionRun nothing*").ThrowIfFailed().Output);
    }

    [Fact]
    public async Task The_newest_run_comes_first()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["xmas", "bf27", "bf26"], Names(session.Run("Get-EpPromotionRun")));
    }

    [Fact]
    public async Task A_name_that_no_run_has_is_an_error_that_shows_the_nearest_ones()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionRun xmass, bf26");

        Assert.Equal(["bf26"], result.Values("Name"));
        Assert.Equal(["RunNotFound,EpPromo.PowerShell.GetEpPromotionRunCommand"], result.ErrorIds);
        Assert.Contains("'xmas'", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>Which runs are open.</summary>
    [Fact]
    public async Task Runs_are_selected_by_status()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf27"], Names(session.Run("Get-EpPromotionRun -Status incomplete")));
        Assert.Equal(["xmas", "bf26"], Names(session.Run("Get-EpPromotionRun -Status Completed, processing")));
        Assert.Equal(
            ["ParameterArgumentValidationError,EpPromo.PowerShell.GetEpPromotionRunCommand"],
            session.Run("Get-EpPromotionRun -Status open").ErrorIds);
    }

    [Fact]
    public async Task Only_the_promotions_that_are_given_are_read()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["xmas", "bf26"], Names(session.Run("Get-EpPromotionRun -Promotion Winter")));
        Assert.All(ListsOfJobs(sandbox), path => Assert.Contains(winter, path, StringComparison.Ordinal));
        Assert.Equal(["xmas", "bf26"], Names(session.Run("Get-EpPromotion W* | Get-EpPromotionRun")));
        Assert.Equal(["1", "1"], session.Run("'Winter', $args[0], 'WINTER' | Get-EpPromotionRun", winter).ThrowIfFailed().Values("Promotions"));
    }

    [Fact]
    public async Task A_run_in_the_pipeline_means_itself()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf26"], Names(session.Run("Get-EpPromotionRun bf26 | Get-EpPromotionRun")));
        Assert.Equal(["xmas", "bf27"], Names(session.Run("Get-EpPromotionRun bf27, xmas | Get-EpPromotionRun")));
        Assert.Equal(["xmas", "bf26"], Names(session.Run("Get-EpPromotionRun xmas | ForEach-Object { $_; 'Winter' } | Get-EpPromotionRun")));
    }

    /// <summary>Otherwise a filter that finds no promotions would list the runs of all.</summary>
    [Fact]
    public async Task An_empty_pipeline_finds_no_runs()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Empty(session.Run("Get-EpPromotion nothing* | Get-EpPromotionRun").ThrowIfFailed().Output);
        Assert.Empty(ListsOfJobs(sandbox));
    }

    [Fact]
    public async Task Promotions_that_take_no_codes_are_not_read()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        string id = sandbox.Store.AddPromotion("Automatic", automatic: true).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotionRun").ThrowIfFailed();

        Assert.Equal(2, ListsOfJobs(sandbox).Count());
        Assert.All(ListsOfJobs(sandbox), path => Assert.DoesNotContain(id, path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_promotion_whose_jobs_cannot_be_read_is_an_error_of_its_own()
    {
        await using SandboxServer sandbox = await StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionRun");

        Assert.Equal(["bf27", "bf26"], result.Values("Name"));
        Assert.Equal(winter, Assert.Single(result.Errors).TargetObject);
    }

    [Fact]
    public async Task Many_promotions_show_progress()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        foreach (int number in Enumerable.Range(1, 40))
        {
            sandbox.AddBatch(sandbox.Store.AddPromotion(string.Create(CultureInfo.InvariantCulture, $"P{number}")).Id, "bf26 0001/0001", 5);
        }

        sandbox.Faults.Add("endpoint=job-list action=delay time=150ms");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        RunResult result = session.Run("Get-EpPromotionRun").ThrowIfFailed();

        Assert.Equal(["40"], result.Values("Promotions"));
        Assert.Contains(result.Progress, bar => bar.StatusDescription.Contains(" of 40", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    /// <summary>Starts a sandbox with three runs: bf26 on Summer and Winter; bf27, which misses codes, on Summer; xmas on Winter.</summary>
    internal static async Task<SandboxServer> StartWithRunsAsync()
    {
        SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string summer = sandbox.Store.AddPromotion("Summer").Id;
        string winter = sandbox.Store.AddPromotion("Winter").Id;
        sandbox.AddBatch(summer, "bf26 0001/0002", 10, minutesAgo: 90, prefix: "bf26");
        sandbox.AddBatch(summer, "bf26 0002/0002", 5, minutesAgo: 89, prefix: "bf26");
        sandbox.AddBatch(winter, "bf26 0001/0001", 7, minutesAgo: 88, prefix: "bf26");
        sandbox.AddBatch(summer, "bf27 0001/0003", 10, minutesAgo: 60, prefix: "bf27");
        sandbox.AddBatch(summer, "bf27 0002/0003", 10, minutesAgo: 59, prefix: "bf27");
        sandbox.AddBatch(summer, "bf27 0003/0003", 8, "failed", minutesAgo: 58, prefix: "bf27");
        sandbox.AddBatch(summer, "bf27 0004/0003", 8, "failed", minutesAgo: 57, prefix: "bf27");
        sandbox.AddBatch(winter, "xmas 0001/0001", 3, minutesAgo: 30, prefix: "xmas");
        sandbox.AddBatch(winter, "A single job", 3, minutesAgo: 20);
        return sandbox;
    }

    private static IEnumerable<string> ListsOfJobs(SandboxServer sandbox) =>
        sandbox.Requests.Select(request => request.PathAndQuery).Where(path => path.Contains("/jobs", StringComparison.Ordinal));

    private static string?[] Names(RunResult result) => [.. result.ThrowIfFailed().Values("Name")];

    private static string? Value(PSObject item, string property) => item.Properties[property].Value?.ToString();

    private static IEnumerable<string> List(PSObject item, string property) => (IReadOnlyList<string>)item.Properties[property].Value;
}
