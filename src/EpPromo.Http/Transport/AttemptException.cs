using EpPromo.Http.Json;
using EpPromo.Text;

namespace EpPromo.Http.Transport;

/// <summary>
/// An attempt failed. It decides about retries and never leaves this assembly: <c>CallErrors</c> turns it into the error that users see.
/// It holds no request, and thus no token.
/// </summary>
#pragma warning disable CA1032, CA1064 // Internal, made and caught here only.
internal sealed class AttemptException : Exception
{
    /// <summary>In bytes.</summary>
    private const int LargeBody = 256 * 1024;

    private AttemptException(AttemptFailure failure, string reason, Exception? cause = null)
        : base(reason, cause) => Failure = failure;

    public AttemptFailure Failure { get; }

    /// <summary>
    /// The error response: for <see cref="AttemptFailure.Refused"/>, and for an attempt held back because of one to another request.
    /// </summary>
    public ApiError? Error { get; private init; }

    /// <summary>Whether the response was so large that it should not be downloaded many times.</summary>
    public bool IsLarge { get; private init; }

    /// <summary>
    /// Whether the API itself or a gateway in front of it responded that it is too busy, too slow or broken, in whatever format
    /// (api-contract.md section 4). A host at a mistyped address does not respond so.
    /// </summary>
    public bool IsResponseOfApi => Error is { } error && HttpStatus.IsServerFailure(error.StatusCode);

    /// <summary>Whether the store rejected the request, or held it back, because there were too many.</summary>
    public bool IsThrottled => Error?.StatusCode == HttpStatus.TooManyRequests;

    /// <summary>
    /// Whether the response is none of the API: a redirect, an unreadable or too large body, or a refusal without its error document.
    /// </summary>
    public bool IsMalformedResponse =>
        Failure is AttemptFailure.Redirected or AttemptFailure.Unreadable or AttemptFailure.TooLarge
        || (Failure == AttemptFailure.Refused && Error!.IsUnexplained());

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter => Error?.RetryAfter;

    /// <summary>
    /// What was exceeded: seconds, for <see cref="AttemptFailure.TimedOut"/>; bytes, for <see cref="AttemptFailure.TooLarge"/>.
    /// </summary>
    public double Limit { get; private init; }

    public static AttemptException NotSent(string reason, Exception? cause) => new(AttemptFailure.NotSent, reason, cause);

    /// <summary>
    /// Not sent, because the store asked all requests to wait for longer than the call has left. It counts as a 429 to this one.
    /// </summary>
    public static AttemptException HeldBack(TimeSpan pause)
    {
        ApiError error = new()
        {
            StatusCode = HttpStatus.TooManyRequests,
            Title = "Too Many Requests",
            RetryAfter = pause,
        };
        return new(AttemptFailure.NotSent, error.DescribeWithWait()) { Error = error };
    }

    public static AttemptException Broken(string reason, Exception? cause) => new(AttemptFailure.Broken, reason, cause);

    public static AttemptException NoResponse(TimeSpan limit) => TimedOut(SR.DetailNoResponse, limit);

    public static AttemptException Stalled(TimeSpan limit) => TimedOut(SR.DetailResponseStalled, limit);

    public static AttemptException Refused(ApiError error) => new(AttemptFailure.Refused, error.DescribeWithWait()) { Error = error };

    public static AttemptException Redirected(string host) => new(AttemptFailure.Redirected, MessageText.Of(SR.DetailRedirected, host));

    public static AttemptException Unreadable(InvalidResponseException why, ApiResponse response) =>
        new(AttemptFailure.Unreadable, why.Message) { IsLarge = response.Body.Length >= LargeBody };

    public static AttemptException TooLarge(int maxBytes) =>
        new(AttemptFailure.TooLarge, MessageText.Of(SR.DetailResponseTooLarge, maxBytes)) { Limit = maxBytes, IsLarge = true };

    private static AttemptException TimedOut(string format, TimeSpan limit)
    {
        double seconds = Math.Round(limit.TotalSeconds, 1);
        return new(AttemptFailure.TimedOut, MessageText.Of(format, seconds)) { Limit = seconds };
    }
}
