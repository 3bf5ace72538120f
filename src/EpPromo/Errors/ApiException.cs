namespace EpPromo;

/// <summary>The store rejected the request with an error response (api-contract.md section 4). Nothing was changed.</summary>
public sealed class ApiException : EpPromoException
{
    /// <summary>An error with the words of the API.</summary>
    internal ApiException(ErrorKind kind, string errorId, ApiError error, params object?[] arguments)
        : base(kind, errorId, arguments) => Error = error;

    /// <summary>The error response.</summary>
    public ApiError Error { get; }

    /// <summary>
    /// Whether a create was rejected because the promotion has a pending or processing job (api-contract.md section 4).
    /// </summary>
    public bool IsTooManyJobs => ErrorId == nameof(SR.TooManyJobs);
}
