namespace EpPromo.UnitTests.Simulation;

/// <summary>The errors of requests that the store has rejected, as the client throws them (api-contract.md section 4).</summary>
internal static class StoreErrors
{
    public static ApiException TooManyJobs(string promotionId) => Make(
        ErrorKind.Busy,
        nameof(SR.TooManyJobs),
        400,
        "Too many jobs",
        "Only 1 pending or processing job is allowed per promotion.",
        promotionId);

    public static ApiException NotCancellable(string promotionId, string jobId) => Make(
        ErrorKind.Refused, nameof(SR.JobNotCancellable), 422, "Unprocessable Entity", "Only pending or processing jobs can be cancelled", jobId, promotionId);

    public static ApiException DuplicateCode(string promotionId) => Make(
        ErrorKind.Refused, nameof(SR.DuplicateCode), 422, "Duplicate code", "Promotion code already in use", promotionId);

    public static ApiException TooManyCodes() => Make(ErrorKind.Refused, nameof(SR.RequestRefused), 400, "Bad Request", "too many codes");

    public static ApiException NotFound() => Make(ErrorKind.NotFound, nameof(SR.NotFound), 404, "Not Found", "");

    public static ApiException DuplicatePriority() =>
        Make(ErrorKind.Refused, nameof(SR.DuplicatePriority), 422, "Duplicate Priority", "Another rule promotion has this priority");

    public static ApiException RateLimited() => Make(ErrorKind.Busy, nameof(SR.RateLimited), 429, "Too Many Requests", "");

    public static ApiException Any(SimulatedRandom random) => random.Next(4) switch
    {
        0 => Make(ErrorKind.NotAuthenticated, nameof(SR.AccessTokenExpired), 401, "Unable to validate access token", ""),
        1 => Make(ErrorKind.PermissionDenied, nameof(SR.Forbidden), 403, "Forbidden", ""),
        2 => Make(ErrorKind.Busy, nameof(SR.WriteConflict), 409, "Conflict", ""),
        _ => Make(ErrorKind.Refused, nameof(SR.RequestRefused), 400, "Bad Request", "rejected by the simulation"),
    };

    private static ApiException Make(ErrorKind kind, string errorId, int status, string title, string detail, params object?[] details)
    {
        ApiError error = new() { StatusCode = status, Title = title, Detail = detail };
        return new ApiException(kind, errorId, error, [error, .. details]);
    }
}
