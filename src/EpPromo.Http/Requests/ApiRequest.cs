using Flurl;

namespace EpPromo.Http;

/// <summary>A call to be made: what is sent each time it is tried.</summary>
internal sealed class ApiRequest
{
    public required HttpMethod Method { get; init; }

    public required Url Url { get; init; }

    /// <summary>The address below the store's base URL, for people; it holds no secret.</summary>
    public required string Path { get; init; }

    public required RequestKind Kind { get; init; }

    /// <summary>The JSON body, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the answer holds a secret (a signed link), so that <c>-Debug</c> does not show it.</summary>
    public bool SecretAnswer { get; init; }

    /// <summary>The promotion that the call is about, for messages.</summary>
    public string? PromotionId { get; init; }

    /// <summary>The job that the call is about, for messages.</summary>
    public string? JobId { get; init; }

    /// <summary>"POST v2/rule-promotions/…/jobs".</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>A body for one try. A post without one still has content, so that the handler never repeats it by itself.</summary>
    public SentBody? CreateBody() =>
        Body is { } json ? SentBody.Json(json)
        : Method == HttpMethod.Post ? SentBody.Empty()
        : null;
}
