using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>Get-EpPromotionJob reads the jobs of several promotions side by side, and returns them in the order of the promotions.</summary>
public sealed class GetJobOrderTests
{
    [Fact]
    public async Task Jobs_come_in_the_order_of_the_promotions_although_others_are_read_before()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = AddPromotions(sandbox, 20);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(ListOf(ids[0]) with { Action = FaultAction.Status, Status = 503, Times = 1 });

        RunResult jobs = session.Run("$args | Get-EpPromotionJob", [.. ids]).ThrowIfFailed();

        Assert.Equal(ids.SelectMany(id => new[] { id, id }), jobs.Values("PromotionId"));
        string[] lists = Lists(sandbox);
        Assert.True(Array.LastIndexOf(lists, ids[0]) > Array.IndexOf(lists, ids[1]), "The second promotion waited for the first.");
    }

    [Fact]
    public async Task Only_eight_promotions_are_read_ahead_and_a_stop_ends_that()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = AddPromotions(sandbox, 20);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(ListOf(ids[0]) with { Action = FaultAction.StallHeaders });

        PowerShell shell = session.NewShell("$args | Get-EpPromotionJob", [.. ids]);
        await StopAssert.StopsInTimeAsync(shell, () => Lists(sandbox).Length >= 8);

        Assert.Equal(ids.Take(8), Lists(sandbox).Order().OrderBy(id => Array.IndexOf(ids, id)));
    }

    [Fact]
    public async Task First_and_Skip_count_over_all_promotions()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = AddPromotions(sandbox, 5);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([ids[1], ids[2], ids[2]], session.Run("$args | Get-EpPromotionJob -Skip 3 -First 3", [.. ids]).ThrowIfFailed().Values("PromotionId"));
        Assert.Equal(ids.Take(3), Lists(sandbox));
        Assert.Equal([ids[3], ids[4]], session.Run("$args | Get-EpPromotionJob -Newest 1 -Skip 3", [.. ids]).ThrowIfFailed().Values("PromotionId"));
        Assert.Equal(
            [ids[4], ids[4], "10"],
            session.Run("$args | Get-EpPromotionJob -Skip 8 -IncludeTotalCount | ForEach-Object { \"$($_.PromotionId ?? $_)\" }", [.. ids])
                .ThrowIfFailed().Output.Select(item => item.ToString()));
    }

    [Fact]
    public async Task A_promotion_that_cannot_be_read_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = AddPromotions(sandbox, 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(ListOf(ids[1]) with { Action = FaultAction.Status, Status = 403 });

        RunResult jobs = session.Run("$args | Get-EpPromotionJob -Newest 1", [.. ids]);

        Assert.Equal([ids[0], ids[2]], jobs.Values("PromotionId"));
        Assert.Equal(ids[1], Assert.Single(jobs.Errors).TargetObject);
    }

    [Fact]
    public async Task A_bar_shows_how_many_promotions_have_been_read()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = AddPromotions(sandbox, 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(ListOf(ids[1]) with { Action = FaultAction.Delay, Time = TimeSpan.FromSeconds(1) });

        RunResult jobs = session.Run("$args | Get-EpPromotionJob", [.. ids]).ThrowIfFailed();

        Assert.Contains(jobs.Progress, bar => bar is { Activity: "Reading promotion jobs", PercentComplete: 33 } && bar.StatusDescription.StartsWith("1 of 3 finished, ", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, jobs.Progress[^1].RecordType);
    }

    /// <summary>Promotions with two jobs each.</summary>
    private static string[] AddPromotions(SandboxServer sandbox, int count)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        foreach (string id in ids)
        {
            foreach (int age in new[] { 2, 1 })
            {
                JobSpec spec = new() { JobType = JobSpec.Export };
                sandbox.Store.AddFinishedJob(id, spec, "completed", DateTimeOffset.UtcNow.AddDays(-age), TimeSpan.FromSeconds(1));
            }
        }

        return ids;
    }

    private static FaultRule ListOf(string promotionId) => new() { Action = FaultAction.Status, Endpoint = "job-list", Path = $"*{promotionId}*" };

    /// <summary>The promotions of which the jobs were read, by request.</summary>
    private static string[] Lists(SandboxServer sandbox) =>
    [
        .. sandbox.Requests.Select(request => request.PathAndQuery).Where(path => path.Contains("/jobs", StringComparison.Ordinal))
            .Select(path => path.Split('/').Single(part => Guid.TryParse(part, out _))),
    ];
}
