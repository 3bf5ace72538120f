namespace EpPromo.UnitTests.Simulation;

/// <summary>The store's certain "no", in the shapes that the client makes of it (api-contract.md section 4).</summary>
internal static class Refusals
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

    public static ApiException NotFound() => Make(ErrorKind.NotFound, nameof(SR.NotFound), 404, "Not Found", "");

    public static ApiException RateLimited() => Make(ErrorKind.Busy, nameof(SR.RateLimited), 429, "Too Many Requests", "");

    public static ApiException Any(SimulatedRandom random) => random.Next(4) switch
    {
        0 => Make(ErrorKind.NotAuthenticated, nameof(SR.AccessTokenExpired), 401, "Unable to validate access token", ""),
        1 => Make(ErrorKind.PermissionDenied, nameof(SR.Forbidden), 403, "Forbidden", ""),
        2 => Make(ErrorKind.Busy, nameof(SR.WriteConflict), 409, "Conflict", ""),
        _ => Make(ErrorKind.Refused, nameof(SR.RequestRefused), 400, "Bad Request", "not today"),
    };

    private static ApiException Make(ErrorKind kind, string errorId, int status, string title, string detail, params object?[] about)
    {
        ApiError error = new() { StatusCode = status, Title = title, Detail = detail };
        return new ApiException(kind, errorId, error, [error, .. about]);
    }
}
