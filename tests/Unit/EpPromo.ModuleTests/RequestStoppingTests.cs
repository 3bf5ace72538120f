using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>Ctrl+C during Request-EpPromotionCode.</summary>
[Collection(AloneTests.Name)]
public sealed class RequestStoppingTests
{
    [Fact]
    public async Task A_stop_leaves_the_jobs_at_work_and_says_how_to_go_on()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.AssertKeptAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -Name bf26", [.. ids]),
            () => sandbox.AreWatched(ids));

        Assert.Equal(
            "Run 'bf26' was broken off. To go on, run the same command again with -Name 'bf26'. Jobs at work go on in the store.\n",
            host.Screen,
            ignoreLineEndingDifferences: true);
        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
    }

    [Fact]
    public async Task A_stop_names_the_run_that_has_a_name_of_its_own()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = sandbox.AddTwoPromotions();
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.AssertKeptAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5", [.. ids]), () => sandbox.AreWatched(ids));

        string run = sandbox.Store.Jobs(ids[0]).Single().Spec.Name!.Split(' ')[0];
        Assert.Contains($"-Name '{run}'", host.Screen, StringComparison.Ordinal);
    }
}
