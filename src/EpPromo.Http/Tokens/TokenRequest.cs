using System.Text.Json;
using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Http.Resilience;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Http.Tokens;

/// <summary>Requests a token from the store (api-contract.md section 2). The client secret is plain text only while it is sent.</summary>
internal sealed class TokenRequest
{
    private readonly StoreOptions _options;
    private readonly ApiTransport _transport;
    private readonly RetryPolicy _retries;
    private readonly StoreCounters _counters;
    private readonly ServerClock _serverClock;
    private readonly IClock _clock;
    private readonly ApiRequest _request;

    public TokenRequest(
        StoreOptions options, ApiTransport transport, RetryPolicy retries, StoreCounters counters, ServerClock serverClock, IClock clock)
    {
        _options = options;
        _transport = transport;
        _retries = retries;
        _counters = counters;
        _serverClock = serverClock;
        _clock = clock;
        ApiAddress address = new(options.BaseUri);
        _request = new ApiRequest
        {
            Method = HttpMethod.Post,
            Url = address.Token(),
            Address = address,
            Kind = RequestKind.Read,
            HasSecretResponse = true,
        };
    }

    /// <summary>Counts a token that is about to be requested.</summary>
    public void Count() => _counters.CountTokenRefresh();

    /// <summary>A new token.</summary>
    /// <param name="observer">Is notified of each attempt.</param>
    /// <param name="isFirstConnection">Whether this address has not issued a token yet.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="EpPromoException">The store rejects the credentials, or cannot be reached.</exception>
    public async Task<AccessToken> SendAsync(IRequestObserver observer, bool isFirstConnection, CancellationToken cancellationToken)
    {
        CallContext call = new(observer, _options.CallTimeout, _clock, isFirstConnection);
        try
        {
            return await _retries.RunAsync(_request, call, () => AttemptAsync(call, cancellationToken), cancellationToken);
        }
        catch (AttemptException failed)
        {
            throw ErrorFor(failed);
        }
    }

    private async Task<AccessToken> AttemptAsync(CallContext call, CancellationToken cancellationToken)
    {
        string secret = _options.Credential.Secret.ToPlainText();
        SingleUseContent content = await SingleUseContent.FormAsync(
        [
            new("grant_type", "client_credentials"),
            new("client_id", _options.Credential.ClientId!),
            new("client_secret", secret),
        ]);
        DateTimeOffset sentAt = _clock.UtcNow;
        ApiResponse response = await _transport.SendAsync(_request, content, secret, authorization: null, call, cancellationToken);
        return response.Read(success => JsonText.Read(success.Body, json => Read(json, sentAt)));
    }

    /// <summary>The fields are under <c>data</c> (the reference) or at the top (the vendor's clients).</summary>
    private AccessToken Read(JsonFields json, DateTimeOffset sentAt)
    {
        JsonFields fields = json.Field("access_token"u8).Type == JsonTokenType.None ? json.Data() : json;
        string token = fields.RequiredKey("access_token"u8);
        TimeSpan lifetime = TokenLifetime.Read(fields, _serverClock);
        return AccessToken.IsToken(token)
            ? new AccessToken(token.ToSecureString(), sentAt + TokenLifetime.UntilRenewal(lifetime), sentAt + lifetime)
            : throw InvalidResponseException.WrongType("access_token");
    }

    private EpPromoException ErrorFor(AttemptException failed) => failed.Error switch
    {
        { StatusCode: 400 or 401 or 403 } refused => new ApiException(
            ErrorKind.NotAuthenticated, nameof(SR.LoginRefused), refused, refused.Describe()),
        { StatusCode: 404 or 405 } missing => new EpPromoException(
            ErrorKind.InvalidResponse,
            nameof(SR.UnexpectedResponse),
            _request.Name,
            MessageText.Of(SR.DetailNoTokenEndpoint, missing)),
        _ => CallErrors.For(_request, failed, renews: true),
    };
}
