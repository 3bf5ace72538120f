using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.ExportFile;

/// <summary>Downloads a file with curl. Only the transfer counts, as curl itself reports it, not the start of its process.</summary>
/// <param name="url">What to download.</param>
/// <param name="file">Where to.</param>
/// <param name="sync">Whether to wait, after the transfer, until the file is on the disk. Export-EpPromotionCode always does.</param>
internal sealed class CurlContender(Uri url, string file, bool sync) : IContender
{
    /// <exception cref="InvalidOperationException">curl is missing or failed.</exception>
    public async Task<Lap> RunAsync()
    {
        ProcessResult curl = await DownloadAsync();
        double transfer = curl.ExitCode == 0
            ? double.Parse(curl.Output[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"curl failed with exit code {curl.ExitCode}. {curl.Text}");
        return new Lap(transfer + (sync ? Sync() : 0));
    }

    private async Task<ProcessResult> DownloadAsync()
    {
        try
        {
            using ChildProcess curl = ChildProcess.Start(
                new ProcessStartInfo("curl", ["--silent", "--show-error", "--fail", "--output", file, "--write-out", "%{time_total}", url.ToString()]));
            return await curl.WaitAsync(CancellationToken.None);
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException("curl is not in the PATH. Install it, or select benchmarks that do without it.", failure);
        }
    }

    private double Sync()
    {
        long start = Stopwatch.GetTimestamp();
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
