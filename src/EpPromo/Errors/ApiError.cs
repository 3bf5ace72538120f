namespace EpPromo;

/// <summary>An error response of the API (api-contract.md section 4), without control characters.</summary>
public sealed class ApiError
{
    internal ApiError()
    {
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; internal init; }

    /// <summary>The API's title, or the HTTP reason phrase if the response has none.</summary>
    public string Title { get; internal init; } = "";

    /// <summary>The API's detail, empty if the response has none.</summary>
    public string Detail { get; internal init; } = "";

    /// <summary>The id that lets the vendor's support find the request, or null.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long the store asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The ids of the usages that do not exist, as far as the response lists them.</summary>
    internal IReadOnlyList<string> UsageIds { get; init; } = [];

    /// <summary>
    /// Whether the response was an error document of the API (api-contract.md section 4). If it was truncated, empty, or a page of a gateway,
    /// only the status is known.
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
