using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>New-EpPromotionJob with busy promotions and with promotions that fail.</summary>
public sealed class NewJobTests
{
    [Fact]
    public async Task WhenBusy_Wait_creates_the_job_after_the_active_one_has_ended()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "1..3 | ForEach-Object { $args[0] } | New-EpPromotionJob -NumberOfCodes 2 -WhenBusy Wait | Wait-EpPromotionJob".Replace("$args[0]", $"'{id}'"));

        result.ThrowIfFailed();
        Assert.Equal(3, sandbox.Store.Jobs(id).Count);
        Assert.Equal(6, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task Rows_that_wait_for_a_busy_promotion_do_not_hold_up_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string busy = sandbox.Store.AddPromotion("Busy").Id;
        string free = sandbox.Store.AddPromotion("Free").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1", busy).ThrowIfFailed();

        RunResult created = session.Run(
            "(, $args[0] * 20) + $args[1] | New-EpPromotionJob -NumberOfCodes 1 -WhenBusy Wait | Select-Object -First 1", busy, free).ThrowIfFailed();

        Assert.Equal([free], created.Values("PromotionId"));
    }

    [Fact]
    public async Task ErrorAction_Stop_emits_the_jobs_that_were_being_created()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 5).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];

        // The create on the missing promotion fails at once; the responses to the others are delayed.
        foreach (string id in ids)
        {
            sandbox.Faults.Add($"endpoint=job-create path=*{id}* action=stall-headers time=300ms");
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$args | New-EpPromotionJob -NumberOfCodes 1 -ErrorAction Stop", [.. ids, Guid.NewGuid().ToString()]);

        Assert.StartsWith("NotFound,", result.Terminating?.FullyQualifiedErrorId);
        Assert.Equal(
            ids.SelectMany(id => sandbox.Store.Jobs(id)).Where(job => job.Spec.NumberOfCodes == 1).Select(job => job.Id).Order(),
            result.Values("JobId").Order());
        Assert.Equal(5, result.Output.Count);
    }
}
