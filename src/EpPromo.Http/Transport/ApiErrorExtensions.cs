namespace EpPromo.Http.Transport;

/// <summary>What an error response says about the call.</summary>
internal static class ApiErrorExtensions
{
    /// <summary>
    /// Whether a refusal (4xx) lacks the API's error document, so that something else may have sent it. A 401 and a 413 need none: their
    /// status alone means that the token or a request of that size was rejected.
    /// </summary>
    public static bool IsUnexplained(this ApiError error) =>
        !error.IsExplained && HttpStatus.IsRefusal(error.StatusCode) && error.StatusCode is not (HttpStatus.Unauthorized or HttpStatus.PayloadTooLarge);

    /// <summary>The API's own words, the wait that it asks for, and the id by which the vendor's support finds the request.</summary>
    public static string Describe(this ApiError error) =>
        error.RequestId is { } id ? $"{error.DescribeWithWait()} (request id {id})" : error.DescribeWithWait();

    /// <summary>The API's own words, and the wait that it asks for.</summary>
    public static string DescribeWithWait(this ApiError error) =>
        error.RetryAfter is { } wait && wait > TimeSpan.Zero ? $"{error}; {RetryAfterHeader.Describe(wait)}" : error.ToString();
}
