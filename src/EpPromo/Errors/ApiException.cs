namespace EpPromo;

/// <summary>The store answered, and its answer was an error (api-contract.md section 4). Nothing was done.</summary>
public sealed class ApiException : EpPromoException
{
    /// <summary>An error answer with the API's own words.</summary>
    internal ApiException(ErrorKind kind, string errorId, ApiError error, params object?[] arguments)
        : base(kind, errorId, arguments) => Error = error;

    /// <summary>The answer.</summary>
    public ApiError Error { get; }

    /// <summary>
    /// Whether a create was refused because the promotion has a pending or processing job (api-contract.md section 4).
    /// </summary>
    public bool IsTooManyJobs => ErrorId == nameof(SR.TooManyJobs);
}
