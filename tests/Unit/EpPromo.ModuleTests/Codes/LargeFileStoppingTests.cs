using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Ctrl+C while half a million rows are read or filtered: without cancellation, that takes much longer than a stop may.</summary>
[Collection(NonParallelTests.Name)]
public sealed class LargeFileStoppingTests : IDisposable
{
    private const int Rows = 500_000;

    /// <summary>Wide rows: the columns of an export are not documented, so there may be many (api-contract.md section 8).</summary>
    private static readonly SandboxOptions s_wide = Sandboxes.Roomy with
    {
        ExportColumns = ["code", .. Enumerable.Repeat("MAX_USES", 150), "consume_unit", "created_by", "created_at"],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_stop_ends_the_filtering_of_the_file_of_a_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_wide);
        string id = AddPromotion(sandbox);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        using SentResponses sent = new();

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Request-EpPromotionCode -Promotion $args[0] -Count 5 -CodePrefix bf -Path $args[1]", id, Path.Combine(_folder, "bf.csv")),
            // The file host has sent the whole file, so filtering is next.
            () => sent.Paths.Any(path => path.EndsWith("_codes.csv", StringComparison.Ordinal)));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_stop_ends_the_reading_of_the_rows_of_an_export()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_wide);
        string id = AddPromotion(sandbox);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult export = session.Run("New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob", id).ThrowIfFailed();
        RowCount read = new();

        await StopAssert.StopsInTimeAsync(
            session.NewShell("$job, $read = $args; $job | Receive-EpPromotionJob | ForEach-Object { $read.Rows++ }", export.Output[0], read),
            () => read.Rows > 0);

        Assert.InRange(read.Rows, 1, Rows - 1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string AddPromotion(SandboxServer sandbox)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, Enumerable.Range(0, Rows).Select(number => $"OLD-{number:000000}"));
        return id;
    }

    public sealed class RowCount
    {
        private volatile int _rows;

        public int Rows
        {
            get => _rows;
            set => _rows = value;
        }
    }
}
