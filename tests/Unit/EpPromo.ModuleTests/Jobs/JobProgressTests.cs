using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>The progress bars of the commands that create jobs and wait for them. They name promotions, not ids.</summary>
[Collection(NonParallelTests.Name)]
public sealed class JobProgressTests
{
    [Fact]
    public async Task Each_promotion_that_is_waited_for_has_a_bar_while_jobs_are_created()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$null = New-EpPromotionJob -Promotion 'Summer Sale', 'Black Friday' -NumberOfCodes 1").ThrowIfFailed();

        RunResult jobs = session.Run(
            "New-EpPromotionJob -Promotion 'Summer Sale', 'Black Friday' -NumberOfCodes 1 -WhenBusy Wait").ThrowIfFailed();

        ProgressRecord all = jobs.Progress[0];
        Assert.Equal("Creating promotion jobs", all.Activity);
        Assert.StartsWith("0 of 2 finished", all.StatusDescription, StringComparison.Ordinal);
        Assert.Equal(["Black Friday", "Summer Sale"], BelowOf(jobs, all).Select(bar => bar.Activity).Distinct().Order());
        Assert.All(BelowOf(jobs, all), bar => Assert.Equal("waiting for another job of the promotion", bar.StatusDescription));
        AssertAllRemoved(jobs);
    }

    [Fact]
    public async Task A_single_promotion_has_one_bar()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$null = New-EpPromotionJob -Promotion 'Summer Sale' -NumberOfCodes 1").ThrowIfFailed();

        RunResult jobs = session.Run("New-EpPromotionJob -Promotion 'Summer Sale' -NumberOfCodes 1 -WhenBusy Wait").ThrowIfFailed();

        Assert.Single(jobs.Progress.Select(bar => bar.ActivityId).Distinct());
        Assert.Contains(jobs.Progress, bar => bar.StatusDescription == "Summer Sale: waiting for another job of the promotion");
        AssertAllRemoved(jobs);
    }

    [Theory]
    [InlineData("Wait-EpPromotionJob", "Waiting for promotion jobs")]
    [InlineData("Stop-EpPromotionJob -Wait -Force", "Waiting for cancelled jobs")]
    public async Task Jobs_that_are_waited_for_are_shown_with_the_names_of_their_promotions(string command, string activity)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult jobs = session.Run($"New-EpPromotionJob -Promotion 'Summer Sale', 'Black Friday' -NumberOfCodes 1 | {command}").ThrowIfFailed();

        Assert.Contains(
            jobs.Progress,
            bar => bar.Activity == activity && bar.StatusDescription.StartsWith("0 of 2 finished, ", StringComparison.Ordinal)
                && bar.StatusDescription.Contains("Summer Sale", StringComparison.Ordinal)
                && bar.StatusDescription.Contains("Black Friday", StringComparison.Ordinal));
        AssertAllRemoved(jobs);
    }

    private static async Task<SandboxServer> StartAsync()
    {
        TimeSpan duration = TimeSpan.FromSeconds(1.2);
        SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { BaseJobDuration = duration, CancellationDuration = duration });
        sandbox.Store.AddPromotion("Summer Sale");
        sandbox.Store.AddPromotion("Black Friday");
        return sandbox;
    }

    private static IEnumerable<ProgressRecord> BelowOf(RunResult run, ProgressRecord bar) =>
        run.Progress.Where(other => other.ParentActivityId == bar.ActivityId);

    private static void AssertAllRemoved(RunResult run) => Assert.All(
        run.Progress.GroupBy(bar => (bar.Activity, bar.ActivityId)), bars => Assert.Equal(ProgressRecordType.Completed, bars.Last().RecordType));
}
