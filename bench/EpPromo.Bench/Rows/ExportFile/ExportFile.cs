using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.ExportFile;

/// <summary>Export-EpPromotionCode of a completed export beside curl, which gets the link of the file from nowhere.</summary>
internal sealed class ExportFile : Benchmark
{
    private const int Codes = 1_000_000;
    private const int Repetitions = 15;

    public override string Name => "export-1000000";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("1,000,000 codes to a file", "curl, then a sync", Target.PeerOverOurs(0.95)),
        new("the same", "curl", Target.PeerOverOurs(0.75)),
    ];

    /// <summary>How the module's contender is started.</summary>
    public static async Task<ProcessStartInfo> OursAsync(StaticStore store, TemporaryFolder folder)
    {
        string expected = folder.File("expected.csv");
        await store.DownloadAsync(expected);
        return Pwsh.ModuleScript(
            "Rows/ExportFile/export-file.ps1", store.Environment, StaticStore.ExportPromotion, StaticStore.ExportJob,
            folder.File("exported.csv"), new FileInfo(expected).Length.ToString(CultureInfo.InvariantCulture));
    }

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync(codes: Codes);
        using TemporaryFolder folder = new();
        Uri url = await store.GetFileLinkAsync();
        CurlContender curlAndSync = new(url, folder.File("curl-and-sync.csv"), sync: true);
        CurlContender curl = new(url, folder.File("curl.csv"), sync: false);
        await using ProcessContender ours = await ProcessContender.StartAsync(await OursAsync(store, folder));
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(Repetitions, ours, curlAndSync, curl);
        return [Rows[0].Measured(laps[0].Seconds, laps[1].Seconds), Rows[1].Measured(laps[0].Seconds, laps[2].Seconds)];
    }
}
