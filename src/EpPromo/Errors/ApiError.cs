namespace EpPromo;

/// <summary>An error answer of the API (api-contract.md section 4), control characters removed.</summary>
public sealed class ApiError
{
    internal ApiError()
    {
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The API's title, or the HTTP reason when the answer has none.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>The API's detail, empty when the answer has none.</summary>
    public string Detail { get; internal init; } = "";

    /// <summary>The id by which the vendor's support finds the request, or null.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>
    /// Whether the answer was an error document of the API (api-contract.md section 4). Without one, cut off, empty or a page of something
    /// in between, all that is known is the status.
    /// </summary>
    internal bool IsExplained { get; init; } = true;

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        StatusCode, Title, Detail, RequestId, RetryAfter, IsExplained,
    ];

    /// <summary>"404 Not Found: The requested promotion does not exist".</summary>
    public override string ToString() => Detail.Length == 0 ? $"{StatusCode} {Title}" : $"{StatusCode} {Title}: {Detail}";

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ApiError other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => StatusCode.GetHashCode();
}
