using System.Diagnostics;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;
using EpPromo.Sandbox;

namespace EpPromo.Bench.Rows.WaitForJobs;

/// <summary>
/// Wait-EpPromotionJob for a single job beside the vendor's SDK, polling each second: how long after its end it is known, and how many requests
/// that takes, with the create. Each round has a store and processes of its own, so that nobody has seen a job before, and a job of another
/// duration, so that its end does not always fall on the same moment between two polls.
/// </summary>
internal sealed class WaitForJob(string name, double seconds, int finishedBefore, IReadOnlyList<Row> rows) : Benchmark
{
    private const int Repetitions = 6;
    private static readonly TimeSpan s_startInterval = TimeSpan.FromSeconds(3);

    public override string Name => name;

    public override IReadOnlyList<Row> Rows => rows;

    public override bool MostlyWaits => true;

    public static WaitForJob WithoutHistory { get; } = new(
        "wait-20s", 20, 0,
        [
            new("wait for a job of 20 s: from its end to its emission, of the job", "JS SDK, polling each second", Target.AtMost(0.025, Unit.Percent)),
            new("requests of it", "JS SDK, polling each second", Target.AtMost(25, Unit.Requests)),
        ]);

    public static WaitForJob WithHistory { get; } = new(
        "wait-20s-history", 20, 3,
        [
            new("the same, after 3 jobs like it", "JS SDK, polling each second", Target.AtMost(0.01, Unit.Percent)),
            new("requests of it", "JS SDK, polling each second", Target.AtMost(6, Unit.Requests)),
        ]);

    public static WaitForJob Short { get; } = new(
        "wait-2s", 2, 0,
        [
            new("wait for a job of 2 s: from its end to its emission, of the job", "JS SDK, polling each second", Target.AtMost(0.05, Unit.Percent)),
            new("requests of it", "JS SDK, polling each second", Target.PeerOverOurs()),
        ]);

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        (Wait Ours, Wait Sdk)[] rounds = await Task.WhenAll(Enumerable.Range(0, Repetitions).Select(MeasureAsync));
        Wait[] ours = [.. rounds.Select(round => round.Ours)];
        Wait[] sdk = [.. rounds.Select(round => round.Sdk)];
        return [rows[0].Measured(DelaysOf(ours), DelaysOf(sdk)), rows[1].Measured(RequestsOf(ours), RequestsOf(sdk))];
    }

    /// <summary>The rounds overlap, because they do little but wait, and start one after another, because a start needs the processors.</summary>
    private async Task<(Wait Ours, Wait Sdk)> MeasureAsync(int round)
    {
        await Task.Delay(round * s_startInterval);
        TimeSpan duration = TimeSpan.FromSeconds(seconds + ((double)round / Repetitions));
        Task<Wait> ours = MeasureAsync(duration, (store, promotion) =>
            Task.FromResult(Pwsh.ModuleScript("Rows/WaitForJobs/wait-for-job.ps1", store.EnvironmentVariables, promotion)));
        Task<Wait> sdk = MeasureAsync(duration, (store, promotion) =>
            JavaScriptSdk.ScriptAsync("wait-for-job.mjs", store.BaseUri.ToString(), promotion));
        return (await ours, await sdk);
    }

    private async Task<Wait> MeasureAsync(TimeSpan duration, Func<SandboxServer, string, Task<ProcessStartInfo>> start)
    {
        await using SandboxServer store = await SandboxServer.StartAsync(new SandboxOptions
        {
            IncludeSeedData = false,
            BaseJobDuration = duration,
            DurationPerCode = TimeSpan.Zero,
        });
        string promotion = store.Store.AddPromotion("Summer Sale").Id;
        JobSpec spec = new() { JobType = JobSpec.Generate, NumberOfCodes = 100, MaxUsesPerCode = 1 };
        for (int job = finishedBefore; job > 0; job--)
        {
            store.Store.AddFinishedJob(promotion, spec, "completed", DateTimeOffset.UtcNow.AddHours(-job), TimeSpan.FromSeconds(seconds));
        }

        await using ProcessContender contender = await ProcessContender.StartAsync(await start(store, promotion));
        Lap lap = await contender.RunAsync();
        return new Wait(lap.Seconds / duration.TotalSeconds, store.Requests.Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)));
    }

    private static Series DelaysOf(Wait[] waits) => new(Unit.Percent, [.. waits.Select(wait => wait.Delay)]);

    private static Series RequestsOf(Wait[] waits) => new(Unit.Requests, [.. waits.Select(wait => (double)wait.Requests)]);

    /// <param name="Delay">The time from the end of the job until it is known, as a fraction of the job's duration.</param>
    /// <param name="Requests">The create and the polls.</param>
    private sealed record Wait(double Delay, int Requests);
}
