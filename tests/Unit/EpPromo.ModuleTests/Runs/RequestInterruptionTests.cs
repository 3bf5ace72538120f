using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Runs that a timeout or an error interrupts: what they report, and what happens to their jobs.</summary>
public sealed class RequestInterruptionTests
{
    [Fact]
    public async Task A_timeout_reports_no_numbers_for_a_promotion_that_was_not_started()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        sandbox.Store.AddJob(ids[1], new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0001", NumberOfCodes = 5 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -Name bf26 -ThrottleLimit 1 -Timeout 5", [.. ids]);

        Assert.Equal(
            new object?[] { 0, 1, null, null },
            ids.Select(id => run.Output.Single(row => id.Equals(row.Properties["PromotionId"].Value)))
                .SelectMany(row => new[] { row.Properties["Generated"].Value, row.Properties["Jobs"].Value }));
        Assert.EndsWith(
            "had not ended after 00:00:05: it had not started.",
            run.Errors.Single(error => ids[1].Equals(error.TargetObject)).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_is_an_error_for_each_promotion_and_the_jobs_continue()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -Name bf26 -Timeout 5", [.. ids]);

        Assert.Equal(
            ids.Select(id => $"{id} 0 1 failed").Order(),
            run.Output.Select(row => $"{row.Properties["PromotionId"].Value} {row.Properties["Generated"].Value} {row.Properties["Jobs"].Value} {row.Properties["Status"].Value}").Order());
        Assert.Equal(["RunTimeout", "RunTimeout"], run.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.All(run.Errors, error => Assert.Contains("0 of 5 codes", error.Exception.Message, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
    }

    [Fact]
    public async Task An_error_that_ends_the_command_names_the_run_to_resume()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -ErrorAction Stop", [ids[0], "not there"]);

        Assert.StartsWith("PromotionNameNotFound,", run.Terminating?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches("^Run '(ep-[^']+)' was interrupted. To resume it, run the same command again with -Name '\\1'.", Assert.Single(run.Warnings));
    }

    [Fact]
    public async Task An_error_of_the_last_unfinished_run_does_not_recommend_resuming()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0001", NumberOfCodes = 7 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 1");

        RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 5 -Name bf26 -CodePrefix other -ErrorAction Stop", id);

        Assert.StartsWith("RunDiffers,", run.Terminating?.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(run.Warnings);
    }

    private static string[] AddPromotions(SandboxServer sandbox) =>
        [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
}
