using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.Http.Resilience;

/// <summary>
/// Turns a failed call into the error that the user sees (api-contract.md section 4). A write is certain to have failed only if the API
/// refused it; any other failure of a write is an <see cref="UncertainResultException"/> (docs/guarantees.md).
/// </summary>
internal static class CallErrors
{
    /// <summary>The error for a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="failed">Why the last attempt failed.</param>
    /// <param name="renews">Whether expired tokens are renewed automatically, so that a 401 means invalid credentials.</param>
    public static EpPromoException For(ApiRequest request, AttemptException failed, bool renews)
    {
        if (failed.Error is { } error && HttpStatus.IsRefusal(error.StatusCode)
            && !(request.Kind == RequestKind.Write && error.IsUnexplained()))
        {
            return ForRefusal(request, error, renews);
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

        return ForFailure(request, failed);
    }

    /// <summary>
    /// The error for a 4xx response: nothing was done. One status has many causes, so some are recognized by the API's words. A cause that is
    /// not recognized is still an error with those words.
    /// </summary>
    private static ApiException ForRefusal(ApiRequest request, ApiError error, bool renews) => error.StatusCode switch
    {
        401 when renews => WithIds(ErrorKind.NotAuthenticated, nameof(SR.LoginRefused), error),
        401 => WithIds(ErrorKind.NotAuthenticated, nameof(SR.AccessTokenExpired), error),
        403 => WithRequest(ErrorKind.PermissionDenied, nameof(SR.Forbidden), error, request),
        404 => WithRequest(ErrorKind.NotFound, nameof(SR.NotFound), error, request),
        _ when IsTooManyJobs(error) => WithIds(ErrorKind.Busy, nameof(SR.TooManyJobs), error, request.PromotionId),
        409 => WithRequest(ErrorKind.Busy, nameof(SR.WriteConflict), error, request),
        _ when Mentions(error, "automatic promotion") && request.PromotionId is { } promotion =>
            WithIds(ErrorKind.Refused, nameof(SR.AutomaticPromotion), error, promotion),
        _ when Mentions(error, "duplicate priority") => WithRequest(ErrorKind.Refused, nameof(SR.DuplicatePriority), error, request),
        _ when Mentions(error, "too many automatic") => WithRequest(ErrorKind.LimitExceeded, nameof(SR.TooManyAutomatic), error, request),
        _ when request.JobId is { } job && (Mentions(error, "can be cancelled") || Mentions(error, "can be canceled")) =>
            WithIds(ErrorKind.Refused, nameof(SR.JobNotCancellable), error, job, request.PromotionId),
        _ when Mentions(error, "no file") && request.JobId is { } job =>
            WithIds(ErrorKind.Refused, nameof(SR.JobHasNoFile), error, job, request.PromotionId),
        _ when (Mentions(error, "duplicate code") || Mentions(error, "code already in use")) && request.PromotionId is { } promotion =>
            WithIds(ErrorKind.Refused, nameof(SR.DuplicateCode), error, promotion),
        400 when Mentions(error, "filter") => WithRequest(ErrorKind.InvalidArgument, nameof(SR.BadFilter), error, request),
        _ => WithRequest(ErrorKind.Refused, nameof(SR.RequestRefused), error, request),
    };

    /// <summary>The error for a request without a usable response.</summary>
    private static EpPromoException ForFailure(ApiRequest request, AttemptException failed) => failed.Failure switch
    {
        AttemptFailure.TimedOut => new EpPromoException(
            ErrorKind.Unavailable, nameof(SR.StoreTimeout), request.Name, failed.Limit),
        AttemptFailure.Refused or AttemptFailure.NotSent when failed.IsThrottled =>
            WithRequest(ErrorKind.Busy, nameof(SR.RateLimited), failed.Error!, request),
        AttemptFailure.Refused => new EpPromoException(
            ErrorKind.Unavailable, nameof(SR.ServerError), $"{failed.Error!.Describe()} [{request.Name}]"),
        AttemptFailure.Redirected or AttemptFailure.Unreadable => new EpPromoException(
            ErrorKind.InvalidResponse, nameof(SR.UnexpectedResponse), request.Name, failed.Message),
        AttemptFailure.TooLarge => new EpPromoException(
            ErrorKind.InvalidResponse, nameof(SR.ResponseTooLarge), request.Name, failed.Limit),
        _ => new EpPromoException(failed.InnerException, ErrorKind.Unavailable, nameof(SR.StoreUnavailable), request.Host, failed.Message),
    };

    /// <summary>"Too many jobs": "Only 1 pending or processing job is allowed per promotion."</summary>
    private static bool IsTooManyJobs(ApiError error) =>
        Mentions(error, "too many jobs") || (Mentions(error, "pending or processing") && Mentions(error, "per promotion"));

    private static bool Mentions(ApiError error, string words) =>
        error.Title.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0
        || error.Detail.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;

    private static ApiException WithIds(ErrorKind kind, string errorId, ApiError error, params object?[] ids) =>
        new(kind, errorId, error, [error.Describe(), .. ids]);

    /// <summary>An error that names the request: its path has the ids.</summary>
    private static ApiException WithRequest(ErrorKind kind, string errorId, ApiError error, ApiRequest request) =>
        new(kind, errorId, error, $"{error.Describe()} [{request.Name}]");
}
