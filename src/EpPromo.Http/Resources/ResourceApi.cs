using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Stores;

namespace EpPromo.Http.Resources;

/// <summary>What the resources of the API share: how they build requests and read responses.</summary>
internal abstract class ResourceApi
{
    private readonly StoreOptions _options;
    private readonly IRequestObserver _observer;

    /// <summary>A resource of the store.</summary>
    /// <param name="options">Where the store is, and whether it may be written to.</param>
    /// <param name="caller">Makes the calls.</param>
    /// <param name="observer">Is notified of each request.</param>
    /// <param name="kind">The kind of promotions that the resources belong to.</param>
    protected ResourceApi(StoreOptions options, ApiCaller caller, IRequestObserver observer, PromotionKind kind)
    {
        _options = options;
        _observer = observer;
        Caller = caller;
        Address = new ApiAddress(options.BaseUri, kind);
    }

    protected ApiAddress Address { get; }

    protected ApiCaller Caller { get; }

    /// <summary>Makes a call whose response is JSON.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Reads the response. It throws <see cref="Json.InvalidResponseException"/> when a required field is missing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <param name="isFirstConnection">Whether no store has responded at this address yet.</param>
    /// <exception cref="EpPromoException">The call failed.</exception>
    protected Task<T> CallAsync<T>(
        ApiRequest request, Func<JsonFields, T> read, CancellationToken cancellationToken, bool isFirstConnection = false) =>
        Caller.CallAsync(request, response => JsonText.Read(response.Body, read), _observer, cancellationToken, isFirstConnection);

    /// <summary>Makes a call whose response has no body.</summary>
    protected Task CallAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Caller.CallAsync(request, _ => true, _observer, cancellationToken);

    /// <summary>A request that reads.</summary>
    protected ApiRequest Read(string url, string? promotionId = null, string? jobId = null, bool hasSecretResponse = false) => new()
    {
        Method = HttpMethod.Get,
        Url = url,
        Address = Address,
        Kind = RequestKind.Read,
        HasSecretResponse = hasSecretResponse,
        PromotionId = promotionId,
        JobId = jobId,
    };

    /// <summary>A request that writes.</summary>
    /// <exception cref="EpPromoException">The store is read-only.</exception>
    protected ApiRequest Write(HttpMethod method, string url, RequestKind kind, string? promotionId, string? body, string? jobId = null) =>
        _options.ReadOnlyReason() is { } reason
            ? throw new EpPromoException(ErrorKind.PermissionDenied, nameof(SR.ReadOnlyStore), _options.DisplayName, reason)
            : new ApiRequest
            {
                Method = method,
                Url = url,
                Address = Address,
                Kind = kind,
                PromotionId = promotionId,
                JobId = jobId,
                Body = body,
            };
}
