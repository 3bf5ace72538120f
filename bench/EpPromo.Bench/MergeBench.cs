using System.Diagnostics;
using System.Globalization;
using EpPromo.ScriptHost;

namespace EpPromo.Bench;

/// <summary>
/// Measures Merge-EpPromotionCode with lists of different lengths. Its targets are ratios of what one process has measured, so they hold on
/// any machine; what a longer list takes more is the garbage of the pipeline's objects.
/// </summary>
internal static class MergeBench
{
    public const string Name = "merge";

    private const double MaxRatio = 8;
    private const double MaxBytesPerRecipient = 100;

    private static readonly int[] s_lengths = [10_000, 100_000, 1_000_000];

    private const string Header =
        """
        recipients  Import-Csv    merge  ratio  again  ratio  peak MB
        ----------  ----------  -------  -----  -----  -----  -------
        """;

    /// <summary>Prints the measurements. Returns a message for each target that is missed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync()
    {
        Console.WriteLine(Header);
        List<string> misses = [];
        long smallest = 0;
        foreach (int length in s_lengths)
        {
            (double read, double first, double again, long peak) = await MeasureAsync(length);
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture, "{0,10}  {1,8:0.0} s  {2,5:0.0} s  {3,5:0.0}  {4,4:0.0}s  {5,5:0.0}  {6,7:0}",
                length, read, first, first / read, again, again / read, peak / 1e6));
            smallest = smallest == 0 ? peak : smallest;
            if (length == s_lengths[^1] && Math.Max(first, again) / read is > MaxRatio and double ratio)
            {
                misses.Add(Text($"{Name}: {length} recipients take {ratio:0.0} times as long as to read them, more than {MaxRatio:0.0}."));
            }

            if (length == s_lengths[^1] && (peak - smallest) / (double)length is > MaxBytesPerRecipient and double bytes)
            {
                misses.Add(Text($"{Name}: {bytes:0} bytes for each recipient, more than {MaxBytesPerRecipient:0}."));
            }
        }

        return misses;
    }

    private static async Task<(double Read, double First, double Again, long Peak)> MeasureAsync(int length)
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-bench-").FullName;
        try
        {
            int[] order = [.. Enumerable.Range(0, length)];
            await WriteAsync(folder, "list.csv", "Email,FirstName,LastName,City,Country", order.Select(Recipient));
            new Random(1).Shuffle(order);
            await WriteAsync(folder, "shuffled.csv", "Email,FirstName,LastName,City,Country", order.Select(Recipient));
            await WriteAsync(folder, "codes.csv", "code,uses", order.Select(number => Text($"SUMMER-{number:X8}-{(uint)number * 2654435761:X8},1")));
            ProcessResult result = await RunPwshAsync(folder);
            double[] measured = result.ExitCode == 0
                ? [.. result.Output[^1].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
                : throw new InvalidOperationException($"{Name}: {result.Text}");
            return (measured[0], measured[1], measured[2], (long)measured[3]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>In the pwsh of .config/dotnet-tools.json: the bare engine of the other benchmarks has no Import-Csv.</summary>
    private static async Task<ProcessResult> RunPwshAsync(string folder)
    {
        using ChildProcess process = ChildProcess.Start(new ProcessStartInfo(
            "dotnet",
            [
                "tool", "run", "pwsh", "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "merge.ps1"),
                RepositoryFolder.Manifest, folder, "list.csv", "shuffled.csv", "codes.csv",
            ])
        {
            WorkingDirectory = RepositoryFolder.Root,
        });
        return await process.WaitAsync(CancellationToken.None);
    }

    private static string Recipient(int number) => Text($"customer{number}@example.com,First{number % 1000},Last{number},\"City {number % 500}, North\",DE");

    private static Task WriteAsync(string folder, string name, string header, IEnumerable<string> rows) =>
        File.WriteAllLinesAsync(Path.Combine(folder, name), rows.Prepend(header));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
