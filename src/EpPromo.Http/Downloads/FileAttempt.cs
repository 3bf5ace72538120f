using System.Globalization;
using EpPromo.Http.Transport;
using EpPromo.Text;

namespace EpPromo.Http.Downloads;

/// <summary>How one try of a download ended.</summary>
internal sealed record FileAttempt
{
    private const int MaxCodingLength = 50;

    /// <summary>The file is whole.</summary>
    public static readonly FileAttempt Whole = new() { IsWhole = true };

    public bool IsWhole { get; private init; }

    /// <summary>Why it is not whole.</summary>
    public string Reason { get; private init; } = "";

    public Exception? Cause { get; private init; }

    public bool MayRepeat { get; private init; }

    /// <summary>Whether a new link is needed first.</summary>
    public bool LinkIsDead { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    public static FileAttempt Broken(string reason, Exception? cause = null) =>
        new() { Reason = reason, Cause = cause, MayRepeat = true };

    /// <summary>The bytes come in a coding that was not asked for and is not known; they would the next time, too.</summary>
    public static FileAttempt Unreadable(string coding) =>
        new() { Reason = string.Format(CultureInfo.InvariantCulture, SR.DetailUnexpectedContentEncoding, DisplayText.Short(coding, MaxCodingLength)) };

    /// <summary>
    /// An answer without the file. A signed link that expired is a 403 at the usual file hosts, and others say 401, 404 or 410; all are
    /// met with a new link. A redirect is not followed, so nothing would change by asking again.
    /// </summary>
    public static FileAttempt Refused(int status, TimeSpan? retryAfter) => new()
    {
        Reason = string.Format(CultureInfo.InvariantCulture, SR.DetailFileHostStatus, status)
            + (retryAfter > TimeSpan.Zero ? $"; {RetryAfterHeader.Describe(retryAfter.Value)}" : ""),
        MayRepeat = status is 401 or 403 or 404 or 408 or 410 or 416 or 429 or >= 500,
        LinkIsDead = status is 401 or 403 or 404 or 410,
        RetryAfter = retryAfter,
    };
}
