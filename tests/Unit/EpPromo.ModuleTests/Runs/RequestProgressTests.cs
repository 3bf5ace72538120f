using System.Diagnostics;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>The progress bars of Request-EpPromotionCode.</summary>
[Collection(NonParallelTests.Name)]
public sealed class RequestProgressTests
{
    [Fact]
    public async Task One_bar_for_the_run_and_one_for_each_promotion_show_the_progress()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromMilliseconds(800) });
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode -Promotion $args -Count 300 -BatchSize 100", [.. ids]).ThrowIfFailed();

        string name = runs.Values("Name")[0]!;
        ProgressRecord all = runs.Progress.First(bar => bar.Activity == $"Run …{name[^8..]}");
        Assert.Equal(-1, all.ParentActivityId);
        Assert.Contains(runs.Progress, bar => bar.ActivityId == all.ActivityId && bar.StatusDescription.Contains("codes, 0 of 2 promotions", StringComparison.Ordinal));
        foreach (string promotion in new[] { "One", "Two" })
        {
            ProgressRecord[] bars = [.. runs.Progress.Where(bar => bar.Activity == promotion)];
            Assert.NotEmpty(bars);
            Assert.All(bars, bar => Assert.Equal(all.ActivityId, bar.ParentActivityId));
            Assert.Contains(bars, bar => bar.PercentComplete == 33 && bar.StatusDescription.StartsWith("100 of 300 codes", StringComparison.Ordinal));
        }

        Assert.Equal(3, runs.Progress.Select(bar => bar.ActivityId).Distinct().Count());
        Assert.All(
            runs.Progress.GroupBy(bar => bar.ActivityId),
            bars => Assert.Equal(ProgressRecordType.Completed, bars.Last().RecordType));
    }

    [Fact]
    public async Task Promotions_with_one_batch_show_a_rate_and_the_remaining_time_once_others_have_ended()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromMilliseconds(600) });
        string[] ids = [.. Enumerable.Range(0, 6).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode -Promotion $args -Count 500 -ThrottleLimit 2", [.. ids]).ThrowIfFailed();

        Assert.Contains(
            runs.Progress,
            bar => bar.ParentActivityId != -1 && bar.SecondsRemaining >= 0 && IsLike(bar, "^0 of 500 codes, [0-9.]+/s, waiting for job 1 of 1$"));
        Assert.Contains(
            runs.Progress,
            bar => bar.ParentActivityId == -1 && bar.SecondsRemaining > 0 && IsLike(bar, "^[0-9]+ of 3000 codes, [0-9.]+/s, [1-5] of 6 promotions$"));
    }

    [Fact]
    public async Task Promotions_that_wait_for_their_final_check_have_no_bar_and_are_counted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick);
        string[] ids = [.. Enumerable.Range(0, 12).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 3");

        RunResult runs = session.Run("Request-EpPromotionCode -Promotion $args -Count 5 -Name bf26 -ThrottleLimit 2", [.. ids]).ThrowIfFailed();

        ProgressRecord[] waiting =
        [
            .. runs.Progress.Where(bar => IsLike(bar, "^60 of 60 codes, [0-9.]+/s, [0-9]+ of 12 promotions, [0-9]+ in final check$")),
        ];
        Assert.NotEmpty(waiting);
        Assert.All(waiting, bar => Assert.InRange(bar.SecondsRemaining, 0, 3));
        Assert.Contains(waiting, bar => bar.SecondsRemaining > 0);
        Assert.All(waiting, bar => Assert.Equal(99, bar.PercentComplete));
        HashSet<int> open = [];
        foreach (ProgressRecord bar in runs.Progress.Where(bar => bar.ParentActivityId != -1))
        {
            _ = bar.RecordType == ProgressRecordType.Completed ? open.Remove(bar.ActivityId) : open.Add(bar.ActivityId);
            Assert.InRange(open.Count, 0, 2);
        }
    }

    [Fact]
    public async Task Bars_appear_while_input_still_arrives()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        PowerShell? shell = null;
        Stopwatch watch = Stopwatch.StartNew();
        bool shown = false;
        bool inputEnds = false;
        Func<bool> enough = () =>
        {
            shown = shell!.Streams.Progress.Count > 0;
            return inputEnds = shown || watch.Elapsed > TimeSpan.FromSeconds(20);
        };

        shell = session.NewShell("& { do { $args[0] } until ($args[1].Invoke()) } @args | Request-EpPromotionCode -Count 5", id, enough);
        await StopAssert.StopsAsync(shell, () => Volatile.Read(ref inputEnds));

        Assert.True(shown);
    }

    private static bool IsLike(ProgressRecord bar, string pattern) =>
        System.Text.RegularExpressions.Regex.IsMatch(bar.StatusDescription.TrimEnd(), pattern);
}
