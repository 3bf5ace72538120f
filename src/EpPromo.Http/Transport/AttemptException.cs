using EpPromo.Http.Json;
using EpPromo.Text;

namespace EpPromo.Http;

/// <summary>Why one try of a request brought nothing usable.</summary>
internal enum AttemptFailure
{
    /// <summary>Nothing was sent: certainly not carried out.</summary>
    NotSent,

    /// <summary>The time for it was over.</summary>
    TimedOut,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>An answer came, and it is an error.</summary>
    Refused,

    /// <summary>A redirect came; those are not followed, because the token must not go along (docs/guarantees.md).</summary>
    Redirected,

    /// <summary>A success came that is not what api-contract.md says.</summary>
    Unreadable,

    /// <summary>An answer came that is too long to be read.</summary>
    TooLarge,
}

/// <summary>
/// One try failed. It is what the retries decide by, and it never leaves this assembly: <see cref="CallErrors"/> turns it into
/// an error for people. It holds no request, so no token.
/// </summary>
#pragma warning disable CA1032, CA1064 // Internal, made and caught here only.
internal sealed class AttemptException : Exception
{
    private const int Large = 256 * 1024;

    private AttemptException(AttemptFailure failure, string reason, Exception? cause = null)
        : base(reason, cause) => Failure = failure;

    public AttemptFailure Failure { get; }

    /// <summary>The error answer: for <see cref="AttemptFailure.Refused"/>, and for a try held back by one that others had.</summary>
    public ApiError? Error { get; private init; }

    /// <summary>Whether the answer was so large that it should not be had many times.</summary>
    public bool IsLarge { get; private init; }

    /// <summary>
    /// Whether the API itself has answered, or a gateway that stands before it: it is too busy, too slow or in trouble. A mistyped address
    /// does not say so; whether what it says is JSON, a page or nothing makes no difference (api-contract.md section 4).
    /// </summary>
    public bool IsResponseOfApi => Error is { StatusCode: 408 or 429 or >= 500 };

    /// <summary>Whether a response came that makes no sense: a redirect, an unreadable or endless one, a refusal that the API did not write.</summary>
    public bool IsMalformedResponse =>
        Failure is AttemptFailure.Redirected or AttemptFailure.Unreadable or AttemptFailure.TooLarge
        || (Failure == AttemptFailure.Refused && RefusalErrors.IsUnexplained(Error!));

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter => Error?.RetryAfter;

    /// <summary>
    /// What was exceeded: seconds, for <see cref="AttemptFailure.TimedOut"/>; bytes, for <see cref="AttemptFailure.TooLarge"/>.
    /// </summary>
    public double Limit { get; private init; }

    public static AttemptException NotSent(string reason, Exception? cause) => new(AttemptFailure.NotSent, reason, cause);

    /// <summary>Nothing was sent, because the store has asked all to wait for longer than the call has left: the same as a 429 of its own.</summary>
    public static AttemptException Held(TimeSpan pause)
    {
        ApiError error = new()
        {
            StatusCode = 429,
            Title = "Too Many Requests",
            RetryAfter = pause,
        };
        return new(AttemptFailure.NotSent, RefusalErrors.WithWait(error)) { Error = error };
    }

    public static AttemptException Broken(string reason, Exception? cause) => new(AttemptFailure.Broken, reason, cause);

    public static AttemptException NoAnswer(TimeSpan after) => TimedOut(SR.DetailNoResponse, after);

    public static AttemptException StoodStill(TimeSpan after) => TimedOut(SR.DetailResponseStalled, after);

    public static AttemptException Refused(ApiError error) => new(AttemptFailure.Refused, RefusalErrors.WithWait(error)) { Error = error };

    public static AttemptException Redirected(string host) => new(AttemptFailure.Redirected, Text(SR.DetailRedirected, host));

    public static AttemptException Unreadable(InvalidResponseException why, ApiAnswer answer) =>
        new(AttemptFailure.Unreadable, why.Message) { IsLarge = answer.Body.Length >= Large };

    public static AttemptException TooLarge(int limit) => new(AttemptFailure.TooLarge, Text(SR.DetailResponseTooLarge, limit)) { Limit = limit, IsLarge = true };

    private static AttemptException TimedOut(string format, TimeSpan after)
    {
        double seconds = Math.Round(after.TotalSeconds, 1);
        return new(AttemptFailure.TimedOut, Text(format, seconds)) { Limit = seconds };
    }

    private static string Text(string format, object argument) => MessageText.Of(format, argument);
}
