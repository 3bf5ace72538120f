using EpPromo.Text;

namespace EpPromo.PowerShell.Progress;

/// <summary>What a bar says of a download whose length is not known.</summary>
internal static class DownloadStatus
{
    private const double Megabyte = 1_000_000;

    /// <summary>How much has been downloaded.</summary>
    /// <param name="bytes">So many bytes.</param>
    /// <param name="before">What to say before the download has started.</param>
    public static string Of(long bytes, string before) => bytes == 0
        ? before
        : MessageText.Of(SR.ProgressPhaseDownloading, (bytes / Megabyte).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture));
}
