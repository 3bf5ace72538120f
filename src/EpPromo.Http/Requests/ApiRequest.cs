namespace EpPromo.Http.Requests;

/// <summary>What each attempt of a call sends.</summary>
internal sealed class ApiRequest
{
    public required HttpMethod Method { get; init; }

    public required string Url { get; init; }

    /// <summary>The addresses of the store, of which <see cref="Url"/> is one.</summary>
    public required ApiAddress Address { get; init; }

    /// <summary>The host and port that the request is sent to.</summary>
    public string Host => new Uri(Url).Authority;

    /// <summary>The address below the store's base URL, as users see it. It holds no secret.</summary>
    public string Path => Address.Show(Url);

    public required RequestKind Kind { get; init; }

    /// <summary>The JSON body, or null for none.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the response holds a secret, such as a signed link, so that <c>-Debug</c> does not show it.</summary>
    public bool HasSecretResponse { get; init; }

    /// <summary>The promotion that the call is about, for messages.</summary>
    public string? PromotionId { get; init; }

    /// <summary>The job that the call is about, for messages.</summary>
    public string? JobId { get; init; }

    /// <summary>"POST v2/rule-promotions/…/jobs".</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>
    /// The body for one attempt. A POST always has one, even if empty, because handlers may repeat a request without a body.
    /// </summary>
    public SingleUseContent? CreateContent() =>
        Body is { } json ? SingleUseContent.Json(json)
        : Method == HttpMethod.Post ? SingleUseContent.Empty()
        : null;
}
