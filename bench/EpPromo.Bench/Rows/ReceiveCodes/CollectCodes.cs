using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.ReceiveCodes;

/// <summary>The rows of an export in a variable: Receive-EpPromotionJob, which also downloads the file, beside Import-Csv of the file.</summary>
internal sealed class CollectCodes : Benchmark
{
    private const int Codes = 1_000_000;
    private const int Repetitions = 3;

    public override string Name => "collect-1000000";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("1,000,000 exported rows into a variable", "Import-Csv", Target.PeerOverOurs(3)),
        new("memory of it over idle", "Import-Csv", Target.OursOverPeer(0.3)),
    ];

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync(codes: Codes);
        using TemporaryFolder folder = new();
        string file = folder.File("codes.csv");
        await store.DownloadAsync(file);
        string count = Codes.ToString(CultureInfo.InvariantCulture);
        await using ProcessContender ours = await ProcessContender.StartAsync(ReceiveCodes.Ours(store, Codes, "variable"));
        await using ProcessContender importCsv = await ProcessContender.StartAsync(
            Pwsh.Script("Rows/ReceiveCodes/import-csv.ps1", file, count, "variable"));
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(Repetitions, ours, importCsv);
        return [Rows[0].Measured(laps[0].Seconds, laps[1].Seconds), Rows[1].Measured(laps[0].MemoryOverIdle, laps[1].MemoryOverIdle)];
    }
}
