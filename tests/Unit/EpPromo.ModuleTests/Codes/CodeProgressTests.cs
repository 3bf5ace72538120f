using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>The progress bars of the commands that export and receive codes. They name promotions, not ids.</summary>
[Collection(NonParallelTests.Name)]
public sealed class CodeProgressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task Each_promotion_that_is_exported_has_a_bar_that_says_what_is_done()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromSeconds(1) });
        sandbox.Store.AddPromotion("Summer Sale");
        sandbox.Store.AddPromotion("Black Friday");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(new FaultRule { Action = FaultAction.StallBody, Endpoint = "download", Time = TimeSpan.FromSeconds(1) });

        RunResult files = session.Run("Export-EpPromotionCode $args[0] -Promotion 'Summer Sale', 'Black Friday'", _folder).ThrowIfFailed();

        ProgressRecord all = files.Progress[0];
        Assert.Equal("Exporting promotion codes", all.Activity);
        ProgressRecord[] below = [.. files.Progress.Where(bar => bar.ParentActivityId == all.ActivityId)];
        Assert.Equal(["Black Friday", "Summer Sale"], below.Select(bar => bar.Activity).Distinct().Order());
        Assert.Contains(below, bar => bar.StatusDescription.TrimEnd() == "waiting for the export job");
        Assert.Contains(below, bar => bar.StatusDescription.StartsWith("downloading, 0.0 MB", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, files.Progress[^1].RecordType);
    }

    [Fact]
    public async Task A_bar_counts_the_codes_that_are_received()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$global:job = New-EpPromotionJob 150 -Promotion 'Summer Sale' | Wait-EpPromotionJob").ThrowIfFailed();
        sandbox.Faults.Add(new FaultRule { Action = FaultAction.Delay, Endpoint = "code-list", Time = TimeSpan.FromSeconds(1) });

        RunResult codes = session.Run("$job | Receive-EpPromotionJob").ThrowIfFailed();

        Assert.Equal(150, codes.Output.Count);
        Assert.Contains(codes.Progress, bar => bar is { Activity: "Receiving promotion codes", StatusDescription: "Summer Sale: 0 codes" });
        Assert.Contains(codes.Progress, bar => bar.StatusDescription == "Summer Sale: 100 codes");
        Assert.Equal(ProgressRecordType.Completed, codes.Progress[^1].RecordType);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
