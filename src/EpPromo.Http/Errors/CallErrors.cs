using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.Http.Errors;

/// <summary>
/// Turns a failed call into the error that people see. For a write, only a certain "no" is an error of its kind; all else is
/// an <see cref="UncertainResultException"/> (docs/guarantees.md).
/// </summary>
internal static class CallErrors
{
    /// <summary>The error for <paramref name="request"/>, whose last try <paramref name="failed"/>.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="failed">Why the last try failed.</param>
    /// <param name="renews">Whether tokens are renewed by themselves, so that a refused one is the credentials' fault.</param>
    public static EpPromoException For(ApiRequest request, AttemptException failed, bool renews)
    {
        if (failed.Error is { } refused && HttpStatus.IsRefusal(refused.StatusCode)
            && !(request.Kind == RequestKind.Write && RefusalErrors.IsUnexplained(refused)))
        {
            return RefusalErrors.For(request, refused, renews);
        }

        if (request.Kind == RequestKind.Write && failed.Failure != AttemptFailure.NotSent)
        {
            return new UncertainResultException(
                request.Name,
                failed.Message,
                failed.IsThrottled,
                failed.RetryAfter,
                failed.InnerException);
        }

        return ForRead(request, failed);
    }

    private static EpPromoException ForRead(ApiRequest request, AttemptException failed) => failed.Failure switch
    {
        AttemptFailure.TimedOut => new EpPromoException(
            ErrorKind.Unavailable, nameof(SR.StoreTimeout), request.Name, failed.Limit),
        AttemptFailure.Refused or AttemptFailure.NotSent when failed.IsThrottled => new ApiException(
            ErrorKind.Busy, nameof(SR.RateLimited), failed.Error!, $"{RefusalErrors.Words(failed.Error!)} [{request.Name}]"),
        AttemptFailure.Refused => new EpPromoException(
            ErrorKind.Unavailable, nameof(SR.ServerError), $"{RefusalErrors.Words(failed.Error!)} [{request.Name}]"),
        AttemptFailure.Redirected or AttemptFailure.Unreadable => new EpPromoException(
            ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), request.Name, failed.Message),
        AttemptFailure.TooLarge => new EpPromoException(
            ErrorKind.InvalidResponse, nameof(SR.ResponseTooLarge), request.Name, failed.Limit),
        _ => new EpPromoException(failed.InnerException, ErrorKind.Unavailable, nameof(SR.StoreUnavailable), new Uri(request.Url).Authority, failed.Message),
    };
}
