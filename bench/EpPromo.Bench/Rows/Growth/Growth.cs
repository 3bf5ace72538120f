using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;
using EpPromo.Bench.Rows.CreateJobs;

namespace EpPromo.Bench.Rows.Growth;

/// <summary>
/// The same work on 10 and 100 times as much, beside itself: whether the time for each object stays the same, and whether the memory of the
/// process does.
/// </summary>
/// <param name="name">The benchmark's name.</param>
/// <param name="work">The work, with the number as {0}.</param>
/// <param name="size">The smallest amount.</param>
/// <param name="startStore">Starts a store for an amount.</param>
/// <param name="start">How the module is started that does the work.</param>
internal sealed class Growth(
    string name,
    string work,
    int size,
    Func<int, Task<StaticStore>> startStore,
    Func<StaticStore, TemporaryFolder, int, Task<ProcessStartInfo>> start) : Benchmark
{
    private const int Repetitions = 5;

    public override string Name => name;

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new(Text(work, 10 * size), Text(work, size), Target.OursOverPeer(11)),
        new(Text(work, 100 * size), Text(work, size), Target.OursOverPeer(110)),
        new("its memory", Text(work, size), Target.OursOverPeer(1.15)),
    ];

    public static IReadOnlyList<Growth> All { get; } =
    [
        new(
            "growth-list", "list {0} jobs", 100,
            jobs => StaticStore.StartAsync(jobs: jobs),
            (store, _, jobs) => Task.FromResult(ListJobs.ListJobs.Ours(store, jobs))),
        new(
            "growth-receive", "{0} exported rows to Out-Null", 10_000,
            codes => StaticStore.StartAsync(codes: codes),
            (store, _, codes) => Task.FromResult(ReceiveCodes.ReceiveCodes.Ours(store, codes, "null"))),
        new(
            "growth-export", "{0} codes to a file", 10_000,
            codes => StaticStore.StartAsync(codes: codes),
            (store, folder, _) => ExportFile.ExportFile.OursAsync(store, folder)),
        new(
            "growth-create", "{0} creates by pipeline", 10,
            _ => StaticStore.StartAsync(),
            (store, _, jobs) => Task.FromResult(CreateJobsByPipeline.Ours(store, jobs))),
    ];

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        await using Sized one = await StartAsync(size);
        await using Sized ten = await StartAsync(10 * size);
        await using Sized hundred = await StartAsync(100 * size);
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(Repetitions, one.Contender, ten.Contender, hundred.Contender);
        return
        [
            Rows[0].Measured(laps[1].Milliseconds, laps[0].Milliseconds),
            Rows[1].Measured(laps[2].Milliseconds, laps[0].Milliseconds),
            Rows[2].Measured(laps[2].PeakMemory, laps[0].PeakMemory),
        ];
    }

    private async Task<Sized> StartAsync(int amount)
    {
        StaticStore store = await startStore(amount);
        TemporaryFolder folder = new();
        ProcessStartInfo process = await start(store, folder, amount);

        // Otherwise the garbage collector lets garbage grow with the processor's cache, and so by another amount on each machine.
        process.Environment["DOTNET_GCgen0size"] = "400000";
        return new Sized(store, folder, await ProcessContender.StartAsync(process));
    }

    private static string Text(string work, int amount) => string.Format(CultureInfo.InvariantCulture, work, amount.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A contender that works on one amount, with all that it needs.</summary>
    private sealed record Sized(StaticStore Store, TemporaryFolder Folder, ProcessContender Contender) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Contender.DisposeAsync();
            Folder.Dispose();
            Store.Dispose();
        }
    }
}
