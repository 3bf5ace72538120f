using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>A run as the input of other commands: from Get-EpPromotionRun, from Request-EpPromotionCode, from a file, by its name.</summary>
public sealed class RunPipelineTests
{
    private static readonly string[] s_jobs = ["bf26 0001/0001", "bf26 0001/0002", "bf26 0002/0002"];

    [Theory]
    [InlineData("Get-EpPromotionRun bf26 | Get-EpPromotionJob")]
    [InlineData("Get-EpPromotionJob -Run (Get-EpPromotionRun bf26)")]
    [InlineData("Get-EpPromotionJob -Run bf26")]
    [InlineData("Get-EpPromotionJob -Run BF26")]
    [InlineData("(Get-EpPromotionRun bf26).Parts | Get-EpPromotionJob")]
    [InlineData("[Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-EpPromotionRun bf26))) | Get-EpPromotionJob")]
    [InlineData("(Get-EpPromotionRun bf26).Parts | ConvertTo-Csv | ConvertFrom-Csv | Get-EpPromotionJob")]
    [InlineData("Get-EpPromotionRun bf26 | ConvertTo-Csv | ConvertFrom-Csv | Get-EpPromotionJob")]
    [InlineData("'Run', 'bf26' | ConvertFrom-Csv | Get-EpPromotionJob")]
    [InlineData("'Run,Promotion', 'bf26,Summer', 'bf26,winter' | ConvertFrom-Csv | Get-EpPromotionJob")]
    [InlineData("Get-EpPromotion | Get-EpPromotionJob -Run bf26")]
    [InlineData("Get-EpPromotionJob Summer, Winter -Run bf26")]
    public async Task The_jobs_of_a_run_are_its_own_on_all_its_promotions(string command)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(s_jobs, session.Run(command).ThrowIfFailed().Values("Name").Order(StringComparer.Ordinal));
    }

    /// <summary>As for Get-EpPromotionRun bf26 | Get-EpPromotionJob.</summary>
    [Fact]
    public async Task A_promotion_whose_jobs_cannot_be_read_does_not_hide_a_run_on_the_others()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionJob -Run bf26");

        Assert.Equal(["bf26 0001/0002", "bf26 0002/0002"], result.Values("Name").Order(StringComparer.Ordinal));
        Assert.Equal(winter, Assert.Single(result.Errors).TargetObject);

        result = session.Run("Get-EpPromotionJob -Run xmas");

        Assert.Empty(result.Output);
        Assert.DoesNotContain("RunNotFound", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_run_on_one_promotion_the_jobs_are_those_of_the_promotion()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            ["bf26 0001/0001"],
            session.Run("Get-EpPromotionRun bf26 -Promotion Winter | Get-EpPromotionJob").ThrowIfFailed().Values("Name"));
        Assert.Equal(["bf26 0001/0001"], session.Run("Get-EpPromotionJob Winter -Run bf26").ThrowIfFailed().Values("Name"));
    }

    /// <summary>The filters of jobs apply to the jobs of a run.</summary>
    [Fact]
    public async Task The_failed_jobs_of_a_run_are_found()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            ["bf27 0003/0003", "bf27 0004/0003"],
            session.Run("Get-EpPromotionRun bf27 | Get-EpPromotionJob -Status failed").ThrowIfFailed().Values("Name").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Get-EpPromotionJob -Run bf62", "RunNotFound", "'bf26'")]
    [InlineData("'Run,Promotion', 'bf26,Sumer' | ConvertFrom-Csv | Get-EpPromotionJob", "PromotionNameNotFound", "'Summer'")]
    public async Task A_run_that_cannot_be_found_is_an_error_with_the_nearest_names(string command, string id, string name)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command);

        Assert.Equal([id + ",EpPromo.PowerShell.GetEpPromotionJobCommand"], result.ErrorIds);
        Assert.Contains(name, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_run_is_an_error_that_says_what_is()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotionJob -Run (Get-Item /)");

        Assert.Equal(["ParameterArgumentTransformationError,EpPromo.PowerShell.GetEpPromotionJobCommand"], result.ErrorIds);
        Assert.Contains("Get-EpPromotionRun", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>The recipe to stop a run's jobs. Those that have ended cannot be cancelled, and are not touched.</summary>
    [Fact]
    public async Task The_active_jobs_of_a_run_are_stopped_and_no_others()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id, sandbox.Store.AddPromotion("Three").Id];
        sandbox.AddBatch(ids[0], "bf26 0001/0002", 10);
        sandbox.Store.AddJob(ids[0], new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0002/0002", NumberOfCodes = 5 });
        sandbox.Store.AddJob(ids[1], new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0002", NumberOfCodes = 10 });
        sandbox.Store.AddJob(ids[2], new JobSpec { JobType = JobSpec.Generate, Name = "other 0001/0002", NumberOfCodes = 10 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult stopped = session.Run(
            "Get-EpPromotionRun bf26 | Get-EpPromotionJob -Status pending, processing | Stop-EpPromotionJob -Force").ThrowIfFailed();

        Assert.Equal(["bf26 0001/0002", "bf26 0002/0002"], stopped.Values("Name").Order(StringComparer.Ordinal));
        Assert.Equal(2, sandbox.Writes().Count());
        Assert.All(sandbox.Writes(), write => Assert.DoesNotContain(ids[2], write.PathAndQuery, StringComparison.Ordinal));
    }

    /// <summary>The recipe to resume all open runs: the parameters come from their jobs.</summary>
    [Fact]
    public async Task All_open_runs_are_resumed_with_their_own_parameters()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        string summer = sandbox.Store.Promotions[0].Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult resumed = session.Run(
            """
            foreach ($run in Get-EpPromotionRun -Status incomplete) {
                $run.Parts | Request-EpPromotionCode -Name $run.Name
            }
            """).ThrowIfFailed();

        Assert.Equal(["bf27"], resumed.Values("Name"));
        Assert.Equal(["28"], resumed.Values("Generated"));
        Assert.All(
            sandbox.Store.Jobs(summer).Where(job => job.Spec.Name!.StartsWith("bf27", StringComparison.Ordinal)),
            job => Assert.Equal("bf27", job.Spec.CodePrefix));
        Assert.Empty(session.Run("Get-EpPromotionRun -Status incomplete").ThrowIfFailed().Output);
    }

    /// <summary>The number of codes of a run is the sum over its promotions, which none of them is to get.</summary>
    [Theory]
    [InlineData("Get-EpPromotionRun bf26 | Request-EpPromotionCode -Name bf26", "3,5", "a,b")]
    [InlineData("(Get-EpPromotionRun bf26).Parts | Request-EpPromotionCode -Name bf26", "3,5", "a,b")]
    [InlineData("Request-EpPromotionCode 7 -Promotion (Get-EpPromotionRun bf26) -Name other", "7,7", ",")]
    [InlineData("Get-EpPromotionRun bf26 | Request-EpPromotionCode 7 -Name other", "7,7", "a,b")]
    [InlineData("Get-EpPromotionRun bf26 | Request-EpPromotionCode -Name other -CodePrefix c", "3,5", "c,c")]
    [InlineData("Get-EpPromotionRun bf26 | New-EpPromotionJob", "3,5", "a,b")]
    [InlineData("Get-EpPromotionRun bf26 | New-EpPromotionJob 7", "7,7", "a,b")]
    public async Task A_run_on_several_promotions_stands_for_what_it_requested_on_each(string command, string counts, string prefixes)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        sandbox.AddBatch(ids[0], "bf26 0001/0001", 3, "failed", "a", minutesAgo: 61);
        sandbox.AddBatch(ids[1], "bf26 0001/0001", 5, "failed", "b");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run(command).ThrowIfFailed();

        IEnumerable<JobSpec> created = ids.Select(id => sandbox.Store.Jobs(id)[^1].Spec);
        Assert.Equal(counts, string.Join(',', created.Select(job => job.NumberOfCodes)));
        Assert.Equal(prefixes, string.Join(',', created.Select(job => job.CodePrefix)));
        Assert.Equal([2, 2], ids.Select(id => sandbox.Store.Jobs(id).Count));
    }
}
