namespace EpPromo.Http.Transport;

/// <summary>What the HTTP statuses of the API mean for a call (api-contract.md section 4).</summary>
internal static class HttpStatus
{
    public const int Unauthorized = 401;
    public const int PayloadTooLarge = 413;
    public const int RangeNotSatisfiable = 416;
    public const int TooManyRequests = 429;

    private const int RequestTimeout = 408;
    private const int NotImplemented = 501;

    public static bool IsSuccess(int status) => status is >= 200 and < 300;

    public static bool IsRedirect(int status) => status is >= 300 and < 400;

    /// <summary>Whether the API, or a gateway in front of it, is too busy, too slow or broken: the request itself may be valid.</summary>
    public static bool IsServerFailure(int status) => status is RequestTimeout or TooManyRequests or >= 500;

    /// <summary>Whether the same request may succeed later.</summary>
    public static bool IsTransient(int status) => IsServerFailure(status) && status != NotImplemented;

    /// <summary>Whether the request was rejected: nothing was done, and the same request would be rejected again.</summary>
    public static bool IsRefusal(int status) => status is >= 400 and < 500 && !IsServerFailure(status);
}
