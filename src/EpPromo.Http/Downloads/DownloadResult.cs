using System.Globalization;
using EpPromo.Http.Transport;
using EpPromo.Text;

namespace EpPromo.Http.Downloads;

/// <summary>How one attempt of a download ended.</summary>
internal sealed record DownloadResult
{
    private const int MaxEncodingLength = 50;

    /// <summary>The file is complete.</summary>
    public static readonly DownloadResult Complete = new() { IsComplete = true };

    /// <summary>A gzip file of several members, of which .NET Framework reads only the first; the host would send the same again.</summary>
    public static readonly DownloadResult SeveralMembers = new() { Reason = SR.DetailGZipMembers };

    public bool IsComplete { get; private init; }

    /// <summary>Why the file is not complete.</summary>
    public string Reason { get; private init; } = "";

    public Exception? Cause { get; private init; }

    public bool MayRetry { get; private init; }

    /// <summary>Whether a retry needs a new link.</summary>
    public bool IsLinkExpired { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The connection failed, or the bytes are not those of the file.</summary>
    public static DownloadResult Interrupted(string reason, Exception? cause = null) =>
        new() { Reason = reason, Cause = cause, MayRetry = true };

    /// <summary>The host uses an encoding that was not requested and that is not supported; it would do so again.</summary>
    public static DownloadResult UnsupportedEncoding(string encoding) =>
        new() { Reason = string.Format(CultureInfo.InvariantCulture, SR.DetailUnexpectedContentEncoding, DisplayText.Short(encoding, MaxEncodingLength)) };

    /// <summary>
    /// A response without the file. For an expired link, common file hosts respond with 403, others with 401, 404 or 410; for all of these a
    /// new link is requested. A redirect is not followed, so a retry would change nothing.
    /// </summary>
    public static DownloadResult Refused(int status, TimeSpan? retryAfter) => new()
    {
        Reason = string.Format(CultureInfo.InvariantCulture, SR.DetailFileHostStatus, status)
            + (retryAfter > TimeSpan.Zero ? $"; {RetryAfterHeader.Describe(retryAfter.Value)}" : ""),
        MayRetry = IsExpiry(status) || status == HttpStatus.RangeNotSatisfiable || HttpStatus.IsServerFailure(status),
        IsLinkExpired = IsExpiry(status),
        RetryAfter = retryAfter,
    };

    private static bool IsExpiry(int status) => status is 401 or 403 or 404 or 410;
}
