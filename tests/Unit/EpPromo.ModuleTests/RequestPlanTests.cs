using System.Management.Automation;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>What Request-EpPromotionCode shows before it begins and while it runs.</summary>
public sealed class RequestPlanTests
{
    [Fact]
    public async Task WhatIf_shows_the_plan_of_each_promotion_and_of_all_and_sends_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        int before = sandbox.Requests.Count;

        RunResult result = session.Run("'One', 'Two' | Request-EpPromotionCode -Count 2500 -Name bf26 -WhatIf").ThrowIfFailed();

        Assert.Equal(
            """
            What if: Make 2500 codes in 3 jobs, about 14 requests, at least 00:00:01, as run 'bf26', on promotion One.
            What if: Make 2500 codes in 3 jobs, about 14 requests, at least 00:00:01, as run 'bf26', on promotion Two.
            What if: In all: 5000 codes in 6 jobs, about 28 requests, at least 00:00:02, on 2 promotions.

            """,
            host.Screen,
            ignoreLineEndingDifferences: true);
        Assert.Empty(result.Output);
        Assert.Equal(before, sandbox.Requests.Count);
    }

    [Fact]
    public async Task WhatIf_of_one_promotion_has_no_total()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("$WhatIfPreference = $true; Request-EpPromotionCode One -Count 1 -Name bf26").ThrowIfFailed();

        Assert.Equal(
            "What if: Make 1 codes in 1 job, about 6 requests, at least 00:00:01, as run 'bf26', on promotion One.\n",
            host.Screen,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_bar_for_all_and_one_for_each_promotion_show_how_far_it_is()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { JobBase = TimeSpan.FromMilliseconds(400) });
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode $args -Count 300 -BatchSize 100", [.. ids]).ThrowIfFailed();

        string name = runs.Values("Name")[0]!;
        ProgressRecord all = runs.Progress.First(bar => bar.Activity == $"Run {name}");
        Assert.Equal(-1, all.ParentActivityId);
        Assert.Contains(runs.Progress, bar => bar.ActivityId == all.ActivityId && bar.StatusDescription.Contains("0 of 2 promotions ended", StringComparison.Ordinal));
        foreach (string id in ids)
        {
            ProgressRecord[] bars = [.. runs.Progress.Where(bar => bar.Activity == $"Promotion {id}")];
            Assert.NotEmpty(bars);
            Assert.All(bars, bar => Assert.Equal(all.ActivityId, bar.ParentActivityId));
            Assert.Contains(bars, bar => bar.PercentComplete == 33 && bar.StatusDescription.StartsWith("100 of 300 codes", StringComparison.Ordinal));
        }

        Assert.Equal(3, runs.Progress.Select(bar => bar.ActivityId).Distinct().Count());
        Assert.All(
            runs.Progress.GroupBy(bar => bar.ActivityId),
            bars => Assert.Equal(ProgressRecordType.Completed, bars.Last().RecordType));
    }
}
