using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Ctrl+C during Request-EpPromotionCode.</summary>
[Collection(NonParallelTests.Name)]
public sealed class RequestStoppingTests
{
    [Fact]
    public async Task A_stop_leaves_the_active_jobs_and_says_how_to_resume()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5 -Name bf26", ids, ArePolled, measured: true);

        Assert.Equal(
            "Run 'bf26' was interrupted. To resume it, run the same command again with -Name 'bf26'. Jobs in progress continue in the store.\n",
            screen,
            ignoreLineEndingDifferences: true);
        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
    }

    [Fact]
    public async Task A_stop_gives_the_generated_name_of_the_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5", ids, ArePolled, measured: true);

        string run = sandbox.Store.Jobs(ids[0]).Single().Spec.Name!.Split(' ')[0];
        Assert.Contains($"-Name '{run}'", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_cancels_the_active_jobs_even_if_a_cancel_has_to_be_retried()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-cancel", Action = FaultAction.Status, Status = 429, Times = 1 });
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel -Verbose", ids, ArePolled);

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.Contains("Jobs in progress are being cancelled.", screen, StringComparison.Ordinal);
        Assert.EndsWith(
            "Jobs that were cancelled: 2. Jobs that could not be cancelled in time and continue in the store: 0.\n",
            screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_finds_the_job_whose_create_was_in_flight()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-create", Action = FaultAction.StallHeaders });
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", ids, HaveJobs);

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.EndsWith("Jobs that were cancelled: 2. Jobs that could not be cancelled in time and continue in the store: 0.\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_counts_the_jobs_that_it_could_not_cancel()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-cancel", Action = FaultAction.Status, Status = 403 });
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", ids, HaveJobs);

        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.EndsWith("Jobs that were cancelled: 0. Jobs that could not be cancelled in time and continue in the store: 2.\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_counts_the_promotions_that_may_have_an_undetected_job()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-create", Action = FaultAction.StallHeaders });
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-list", Action = FaultAction.Status, Status = 403 });
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", ids, HaveJobs);

        Assert.EndsWith("Promotions that may have an unobserved job in progress: 2. Get-EpPromotionJob shows it.\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_waits_for_the_cancels_if_an_upstream_command_was_active()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add("endpoint=job-cancel action=stall-headers time=300ms");
        string[] ids = AddPromotions(sandbox);

        string screen = await StopAsync(sandbox, "& { $args; while ($true) { } } @args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel", ids, HaveJobs);

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.Contains("Jobs that were cancelled: 2.", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_leaves_the_jobs_if_a_downstream_command_has_enough()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { DurationPerCode = TimeSpan.FromSeconds(1) });
        string[] ids = AddPromotions(sandbox);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult first = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; Count = 1 }, [pscustomobject]@{ PromotionId = $args[1]; Count = 1000 } |
                Request-EpPromotionCode -StopJobsOnCancel | Select-Object -First 1
            """,
            [.. ids]).ThrowIfFailed();

        Assert.Equal(ids[0], Assert.Single(first.Values("PromotionId")));
        Assert.True(Assert.Single(sandbox.Store.Jobs(ids[1])).IsActive);
        Assert.DoesNotContain("cancelled", host.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Jobs in progress continue in the store.\n")]
    [InlineData("-StopJobsOnCancel", "Jobs in progress are being cancelled.\nJobs that were cancelled: 2. Jobs that could not be cancelled in time and continue in the store: 0.\n")]
    public async Task Promotions_of_both_kinds_have_one_warning(string parameter, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddStandardPromotion("Two").Id];
        string rows = "[pscustomobject]@{ PromotionId = $args[0] }, [pscustomobject]@{ PromotionId = $args[1]; Kind = 'Standard' }";

        string screen = await StopAsync(sandbox, $"{rows} | Request-EpPromotionCode -Count 5 -Name bf26 {parameter}", ids, HaveJobs);

        Assert.Equal(
            "Run 'bf26' was interrupted. To resume it, run the same command again with -Name 'bf26'. " + expected, screen, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_name_with_a_quote_can_be_copied_from_the_messages()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        RunResult run = session.Run("""Request-EpPromotionCode -Promotion $args[0] -Count 5 -Name "o'neill" -Timeout 1""", ids[0]);
        await StopAssert.StopsAsync(
            session.NewShell("""Request-EpPromotionCode -Promotion $args[0] -Count 5 -Name "o'neill" """, ids[1]), () => ArePolled(sandbox, [ids[1]]));

        Assert.Contains("-Name 'o''neill' to resume", run.Errors.Single().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith(
            "Run 'o'neill' was interrupted. To resume it, run the same command again with -Name 'o''neill'.", host.Screen, StringComparison.Ordinal);
    }

    /// <summary>Stops a command as soon as <paramref name="started"/> returns true. Returns the screen of the host.</summary>
    private static async Task<string> StopAsync(
        SandboxServer sandbox, string command, string[] ids, Func<SandboxServer, string[], bool> started, bool measured = false)
    {
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        PowerShell shell = session.NewShell(command, [.. ids]);
        await (measured
            ? StopAssert.StopsInTimeAsync(shell, () => started(sandbox, ids))
            : StopAssert.StopsAsync(shell, () => started(sandbox, ids)));
        return host.Screen;
    }

    private static string[] AddPromotions(SandboxServer sandbox) =>
        [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];

    private static bool HaveJobs(SandboxServer sandbox, string[] ids) => ids.All(id => sandbox.Store.Jobs(id).Count == 1);

    /// <summary>Whether each promotion has a job and polling has started.</summary>
    private static bool ArePolled(SandboxServer sandbox, string[] ids)
    {
        RecordedRequest[] requests = [.. sandbox.Requests.Where(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal))];
        int created = Array.FindLastIndex(requests, request => request.Method == "POST");
        return HaveJobs(sandbox, ids) && requests.Skip(created).Any(request => request.Method == "GET");
    }
}
