using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>Ctrl+C and -Timeout during Request-EpPromotionCode.</summary>
[Collection(AloneTests.Name)]
public sealed class RequestStoppingTests
{
    [Fact]
    public async Task A_stop_leaves_the_jobs_at_work_and_says_how_to_go_on()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.AssertKeptAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -Name bf26", [.. ids]),
            () => AreWatched(sandbox, ids));

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
        string[] ids = AddPromotions(sandbox);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.AssertKeptAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5", [.. ids]), () => AreWatched(sandbox, ids));

        string run = sandbox.Store.Jobs(ids[0]).Single().Spec.Name!.Split(' ')[0];
        Assert.Contains($"-Name '{run}'", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopJobsOnCancel_cancels_the_jobs_at_work_even_when_the_store_does_not_answer_at_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-cancel", Action = FaultAction.Status, Status = 429, Times = 1 });
        string[] ids = AddPromotions(sandbox);
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopPromise.StopAsync(
            session.NewShell("$args | Request-EpPromotionCode -Count 5 -StopJobsOnCancel -Verbose", [.. ids]),
            () => AreWatched(sandbox, ids));

        Assert.All(ids, id => Assert.False(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
        Assert.Contains("Jobs at work are being cancelled.", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_is_an_error_for_each_promotion_and_the_jobs_go_on()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = AddPromotions(sandbox);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("$args | Request-EpPromotionCode -Count 5 -Name bf26 -Timeout 2", [.. ids]);

        Assert.Equal(
            ids.Select(id => $"{id} 0 1 failed").Order(),
            run.Output.Select(row => $"{row.Properties["PromotionId"].Value} {row.Properties["Generated"].Value} {row.Properties["Jobs"].Value} {row.Properties["Status"].Value}").Order());
        Assert.Equal(["RunTimeout", "RunTimeout"], run.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.All(run.Errors, error => Assert.Contains("0 of 5 codes", error.Exception.Message, StringComparison.Ordinal));
        Assert.All(ids, id => Assert.True(Assert.Single(sandbox.Store.Jobs(id)).IsActive));
    }

    private static string[] AddPromotions(SandboxServer sandbox) =>
        [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];

    /// <summary>Whether each promotion has a job whose list was read since: by then the run knows of its job.</summary>
    private static bool AreWatched(SandboxServer sandbox, string[] ids) => ids.All(id =>
    {
        RecordedRequest[] requests = [.. sandbox.Requests.Where(request => request.PathAndQuery.Contains($"{id}/jobs", StringComparison.Ordinal))];
        int created = Array.FindLastIndex(requests, request => request.Method == "POST");
        return created >= 0 && requests.Skip(created).Any(request => request.Method == "GET");
    });
}
