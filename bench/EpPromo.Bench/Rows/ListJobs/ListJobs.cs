using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.ListJobs;

/// <summary>Get-EpPromotionJob beside the vendor's SDK, which can read one page after another or, with a loop around it, several at once.</summary>
internal sealed class ListJobs(string name, int jobs, int latency, int rounds, IReadOnlyList<Row> rows) : Benchmark
{
    public override string Name => name;

    public override IReadOnlyList<Row> Rows => rows;

    public static ListJobs TenThousandWithLatency { get; } = new(
        "list-10000-40ms", 10_000, 40, 5,
        [
            new("list 10,000 jobs at 40 ms latency", "JS SDK, page after page", Target.PeerOverOurs(7)),
            new("the same", "JS SDK, 8 pages at once", Target.PeerOverOurs(0.95)),
            new("memory of it over idle", "JS SDK, 8 pages at once", Target.PeerOverOurs()),
        ]);

    public static ListJobs TenThousand { get; } = new(
        "list-10000-0ms", 10_000, 0, 11,
        [
            new("list 10,000 jobs without latency", "JS SDK, page after page", Target.PeerOverOurs(1)),
            new("the same", "JS SDK, 8 pages at once", Target.PeerOverOurs()),
            new("memory of it over idle", "JS SDK, 8 pages at once", Target.PeerOverOurs()),
        ]);

    public static ListJobs Hundred { get; } = new(
        "list-100-40ms", 100, 40, 21,
        [
            new("list 100 jobs at 40 ms latency", "JS SDK", Target.PeerOverOurs(0.95)),
        ]);

    /// <summary>How the module's contender is started.</summary>
    public static ProcessStartInfo Ours(StaticStore store, int jobs) => Pwsh.ModuleScript(
        "Rows/ListJobs/list-jobs.ps1", store.Environment, StaticStore.Promotion, jobs.ToString(CultureInfo.InvariantCulture));

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync(jobs: jobs, latency: latency);
        string count = jobs.ToString(CultureInfo.InvariantCulture);
        await using ProcessContender ours = await ProcessContender.StartAsync(Ours(store, jobs));
        await using ProcessContender onePage = await ProcessContender.StartAsync(
            await JavaScriptSdk.ScriptAsync("list-jobs.mjs", store.Address, StaticStore.Promotion, count, "1"));
        await using ProcessContender eightPages = await ProcessContender.StartAsync(
            await JavaScriptSdk.ScriptAsync("list-jobs.mjs", store.Address, StaticStore.Promotion, count, "8"));
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(rounds, ours, onePage, eightPages);
        Result[] results = [rows[0].Measured(laps[0].Seconds, laps[1].Seconds)];
        return rows.Count == 1 ? results :
        [
            .. results,
            rows[1].Measured(laps[0].Seconds, laps[2].Seconds),
            rows[2].Measured(laps[0].MemoryOverIdle, laps[2].MemoryOverIdle),
        ];
    }
}
