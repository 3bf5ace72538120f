using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>What becomes of the jobs of a run that is broken off, by Ctrl+C, by its time or by an error; and what is said of them.</summary>
public sealed class RequestBreakingOffTests
{
    [Fact]
    public async Task StopJobsOnCancel_cancels_the_jobs_at_work_even_when_the_store_does_not_answer_at_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-cancel", Action = FaultAction.Status, Status = 429, Times = 1 });
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel -Verbose", [.. ids]),
            () => sandbox.AreWatched(ids));

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.Contains("Jobs at work are being cancelled.", host.Screen, StringComparison.Ordinal);
        Assert.EndsWith(
            "Jobs that were cancelled: 2. Jobs that could not be cancelled in time and go on in the store: 0.\n",
            host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_finds_the_job_whose_create_was_under_way()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-create", Action = FaultAction.StallHeaders });
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", [.. ids]),
            () => sandbox.HaveJobs(ids));

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.EndsWith("Jobs that were cancelled: 2. Jobs that could not be cancelled in time and go on in the store: 0.\n", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_says_which_jobs_go_on_all_the_same()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-cancel", Action = FaultAction.Status, Status = 403 });
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", [.. ids]), () => sandbox.HaveJobs(ids));

        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.EndsWith("Jobs that were cancelled: 0. Jobs that could not be cancelled in time and go on in the store: 2.\n", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_says_where_a_job_may_go_on_unseen()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-create", Action = FaultAction.StallHeaders });
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-list", Action = FaultAction.Status, Status = 403 });
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", [.. ids]),
            () => sandbox.HaveJobs(ids));

        Assert.EndsWith("Promotions on which a job may go on that was not seen: 2. Get-EpPromotionJob shows it.\n", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_waits_for_the_cancels_when_a_command_before_it_was_at_work()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add("endpoint=job-cancel action=stall-headers time=300ms");
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("& { $args; while ($true) { } } @args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", [.. ids]),
            () => sandbox.HaveJobs(ids));

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.Contains("Jobs that were cancelled: 2.", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_leaves_the_jobs_when_a_later_command_has_enough()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { PerCode = TimeSpan.FromSeconds(1) });
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("Import-Module -Assembly $args[0]", typeof(FirstOnlyCommand).Assembly).ThrowIfFailed();

        RunResult first = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; Count = 1 }, [pscustomobject]@{ PromotionId = $args[1]; Count = 1000 } |
                Request-EpPromotionCode -StopJobsOnCancel | Select-FirstOnly
            """,
            [.. ids]).ThrowIfFailed();

        Assert.Equal(ids[0], Assert.Single(first.Values("PromotionId")));
        Assert.True(Assert.Single(sandbox.Store.Jobs(ids[1])).IsActive);
        Assert.DoesNotContain("cancelled", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_a_quote_can_be_copied_from_the_hints()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult run = session.Run("""Request-EpPromotionCode $args[0] -Count 5 -Name "o'neill" -Timeout 1""", ids[0]);
        await StopPromise.StopAsync(
            session.NewShell("""Request-EpPromotionCode $args[0] -Count 5 -Name "o'neill" """, ids[1]), () => sandbox.AreWatched([ids[1]]));

        Assert.Contains("-Name 'o''neill' again", run.Errors.Single().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith(
            "Run 'o'neill' was broken off. To go on, run the same command again with -Name 'o''neill'.", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_says_of_whom_the_turn_had_not_come_that_nothing_is_known()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        sandbox.Store.AddJob(ids[1], new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0001", NumberOfCodes = 5 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -Name bf26 -ThrottleLimit 1 -Timeout 2", [.. ids]);

        Assert.Equal(
            new object?[] { 0, 1, null, null },
            ids.Select(id => run.Output.Single(row => id.Equals(row.Properties["PromotionId"].Value)))
                .SelectMany(row => new[] { row.Properties["Generated"].Value, row.Properties["Jobs"].Value }));
        Assert.EndsWith(
            "had not ended after 00:00:02: its turn had not come.",
            run.Errors.Single(error => ids[1].Equals(error.TargetObject)).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_is_an_error_for_each_promotion_and_the_jobs_go_on()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -Name bf26 -Timeout 2", [.. ids]);

        Assert.Equal(
            ids.Select(id => $"{id} 0 1 failed").Order(),
            run.Output.Select(row => $"{row.Properties["PromotionId"].Value} {row.Properties["Generated"].Value} {row.Properties["Jobs"].Value} {row.Properties["Status"].Value}").Order());
        Assert.Equal(["RunTimeout", "RunTimeout"], run.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.All(run.Errors, error => Assert.Contains("0 of 5 codes", error.Exception.Message, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
    }

    [Fact]
    public async Task An_error_that_ends_the_command_names_the_run_that_can_be_gone_on_with()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -ErrorAction Stop", [ids[0], "not there"]);

        Assert.StartsWith("BadId,", run.Terminating?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches("^Run '(ep-[^']+)' was broken off. To go on, run the same command again with -Name '\\1'.", Assert.Single(run.Warnings));
    }
}
