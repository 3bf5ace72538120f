using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.ReceiveCodes;

/// <summary>
/// The rows of an export to Out-Null: Receive-EpPromotionJob, which also downloads the file, beside Import-Csv of the file, and beside a
/// cmdlet that emits as many bare objects.
/// </summary>
internal sealed class ReceiveCodes(string name, int codes, int rounds, IReadOnlyList<Row> rows) : Benchmark
{
    public override string Name => name;

    public override IReadOnlyList<Row> Rows => rows;

    public static ReceiveCodes Million { get; } = new(
        "receive-1000000", 1_000_000, 5,
        [
            new("1,000,000 exported rows to Out-Null", "Import-Csv", Target.PeerOverOurs(2.5)),
            new("the same", "as many bare objects", Target.OursOverPeer(1.5)),
        ]);

    public static ReceiveCodes TenThousand { get; } = new(
        "receive-10000", 10_000, 21,
        [
            new("10,000 exported rows to Out-Null", "Import-Csv", Target.PeerOverOurs(1.5)),
            new("the same", "as many bare objects", Target.PeerOverOurs()),
        ]);

    /// <summary>How the module's contender is started.</summary>
    public static ProcessStartInfo Ours(StaticStore store, int codes, string into) => Pwsh.ModuleScript(
        "Rows/ReceiveCodes/receive-codes.ps1", store.Environment,
        StaticStore.ExportPromotion, StaticStore.ExportJob, codes.ToString(CultureInfo.InvariantCulture), into);

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync(codes: codes);
        using TemporaryFolder folder = new();
        string file = folder.File("codes.csv");
        await store.DownloadAsync(file);
        string count = codes.ToString(CultureInfo.InvariantCulture);
        await using ProcessContender ours = await ProcessContender.StartAsync(Ours(store, codes, "null"));
        await using ProcessContender importCsv = await ProcessContender.StartAsync(
            Pwsh.Script("Rows/ReceiveCodes/import-csv.ps1", file, count, "null"));
        await using ProcessContender bareObjects = await ProcessContender.StartAsync(Pwsh.Script("Rows/ReceiveCodes/bare-objects.ps1", count));
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(rounds, ours, importCsv, bareObjects);
        return [rows[0].Measured(laps[0].Seconds, laps[1].Seconds), rows[1].Measured(laps[0].Seconds, laps[2].Seconds)];
    }
}
