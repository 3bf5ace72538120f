using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.MergeCodes;

/// <summary>
/// Merge-EpPromotionCode beside Import-Csv, which reads the same list of recipients alone: a first merge, and one of the same recipients in
/// another order, which changes no code.
/// </summary>
internal sealed class MergeCodes : Benchmark
{
    private const int Recipients = 1_000_000;
    private const int FewRecipients = 10_000;

    public override string Name => "merge-1000000";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("merge 1,000,000 recipients with codes", "Import-Csv", Target.OursOverPeer(8)),
        new("again, in another order", "Import-Csv", Target.OursOverPeer(8)),
        new("memory for each recipient more than with 10,000", "", Target.AtMost(100, Unit.Bytes)),
    ];

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        double[] small = await MeasureAsync(FewRecipients);
        double[] measured = await MeasureAsync(Recipients);
        (double read, double first, double again, double peak) = (measured[0], measured[1], measured[2], measured[3]);
        return
        [
            Rows[0].Measured(Once(first), Once(read)),
            Rows[1].Measured(Once(again), Once(read)),
            Rows[2].Measured(new Series(Unit.Bytes, [(peak - small[3]) / Recipients])),
        ];
    }

    /// <summary>The seconds of Import-Csv, of the first merge and of the second one, and the peak memory in bytes.</summary>
    private static async Task<double[]> MeasureAsync(int length)
    {
        using TemporaryFolder folder = new();
        int[] order = [.. Enumerable.Range(0, length)];
        await WriteAsync(folder.File("list.csv"), "Email,FirstName,LastName,City,Country", order.Select(Recipient));
        new Random(1).Shuffle(order);
        await WriteAsync(folder.File("shuffled.csv"), "Email,FirstName,LastName,City,Country", order.Select(Recipient));
        await WriteAsync(folder.File("codes.csv"), "code,uses", order.Select(number => Text($"SUMMER-{number:X8}-{(uint)number * 2654435761:X8},1")));
        using ChildProcess process = ChildProcess.Start(Pwsh.Script(
            "Rows/MergeCodes/merge-codes.ps1", RepositoryFolder.Manifest, folder.Path, "list.csv", "shuffled.csv", "codes.csv"));
        ProcessResult result = await process.WaitAsync(CancellationToken.None);
        return result.ExitCode == 0
            ? [.. result.Output[^1].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException(result.Text);
    }

    private static Series Once(double seconds) => new(Unit.Seconds, [seconds]);

    private static string Recipient(int number) => Text($"customer{number}@example.com,First{number % 1000},Last{number},\"City {number % 500}, North\",DE");

    private static Task WriteAsync(string file, string header, IEnumerable<string> rows) => File.WriteAllLinesAsync(file, rows.Prepend(header));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
