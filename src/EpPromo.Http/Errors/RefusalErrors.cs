using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.Http.Errors;

/// <summary>
/// What a refusal means (api-contract.md section 4). Statuses are shared by many causes, so some are told apart by the API's
/// words, liberally: a cause that is not recognised is still an error with those words.
/// </summary>
internal static class RefusalErrors
{
    /// <summary>The error for a 4xx answer to <paramref name="request"/>; nothing was done.</summary>
    public static ApiException For(ApiRequest request, ApiError error, bool renews) => error.StatusCode switch
    {
        401 when renews => Make(ErrorKind.NotAuthenticated, nameof(SR.LoginRefused), error),
        401 => Make(ErrorKind.NotAuthenticated, nameof(SR.AccessTokenExpired), error),
        403 => About(request, ErrorKind.PermissionDenied, nameof(SR.Forbidden), error),
        404 => About(request, ErrorKind.NotFound, nameof(SR.NotFound), error),
        _ when IsTooManyJobs(error) => new ApiException(
            ErrorKind.Busy, nameof(SR.TooManyJobs), error, Words(error), request.PromotionId),
        409 => About(request, ErrorKind.Busy, nameof(SR.WriteConflict), error),
        _ when Says(error, "automatic promotion") && request.PromotionId is { } promotion =>
            Make(ErrorKind.Refused, nameof(SR.AutomaticPromotion), error, promotion),
        _ when request.JobId is { } job && (Says(error, "can be cancelled") || Says(error, "can be canceled")) =>
            Make(ErrorKind.Refused, nameof(SR.JobNotCancellable), error, job, request.PromotionId),
        _ when Says(error, "no file") && request.JobId is { } job =>
            Make(ErrorKind.Refused, nameof(SR.JobHasNoFile), error, job, request.PromotionId),
        400 when Says(error, "filter") => About(request, ErrorKind.InvalidArgument, nameof(SR.BadFilter), error),
        _ => About(request, ErrorKind.Refused, nameof(SR.RequestRefused), error),
    };

    /// <summary>
    /// Whether a refusal (4xx) may be anything, because it came without the API's error document. A 401 needs none: its status alone says
    /// that the token was turned away, and 408 and 429 are not refusals.
    /// </summary>
    public static bool IsUnexplained(ApiError error) =>
        !error.IsExplained && HttpStatus.IsRefusal(error.StatusCode) && error.StatusCode != HttpStatus.Unauthorized;

    /// <summary>The API's own words, how long it asks to wait, and the id by which its support finds the request.</summary>
    public static string Words(ApiError error) =>
        error.RequestId is { } id ? $"{WithWait(error)} (request id {id})" : WithWait(error);

    /// <summary>The API's own words, and how long it asks to wait.</summary>
    public static string WithWait(ApiError error) =>
        error.RetryAfter is { } wait && wait > TimeSpan.Zero ? $"{error}; {RetryAfterHeader.Describe(wait)}" : error.ToString();

    /// <summary>"Too many jobs": "Only 1 pending or processing job is allowed per promotion."</summary>
    private static bool IsTooManyJobs(ApiError error) =>
        Says(error, "too many jobs") || (Says(error, "pending or processing") && Says(error, "per promotion"));

    private static bool Says(ApiError error, string words) =>
        error.Title.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0
        || error.Detail.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;

    private static ApiException Make(ErrorKind kind, string errorId, ApiError error, params object?[] about) =>
        new(kind, errorId, error, [Words(error), .. about]);

    /// <summary>An error that tells what was asked for: the address holds the ids.</summary>
    private static ApiException About(ApiRequest request, ErrorKind kind, string errorId, ApiError error) =>
        new(kind, errorId, error, $"{Words(error)} [{request.Name}]");
}
