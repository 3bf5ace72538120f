using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.Http.Tokens;

/// <summary>Makes one attempt of a request with a valid bearer token. A token that the store rejects is renewed.</summary>
internal sealed class AuthorizedTransport
{
    /// <summary>
    /// When a store revokes all tokens of a client, a new one may be rejected too. After two in a row, another one would not help.
    /// </summary>
    private const int MaxRenewals = 2;

    private readonly ApiTransport _transport;
    private readonly ITokenSource _tokens;

    public AuthorizedTransport(ApiTransport transport, ITokenSource tokens)
    {
        _transport = transport;
        _tokens = tokens;
    }

    /// <summary>Whether a rejected token can be renewed, so that a request that is still rejected means wrong credentials.</summary>
    public bool CanRenew => _tokens.CanRenew;

    /// <summary>Sends <paramref name="request"/>.</summary>
    /// <exception cref="AttemptException">There was no readable response.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, CallContext call, CancellationToken cancellationToken)
    {
        AccessToken token = await call.UntimedAsync(() => _tokens.GetAsync(call.Observer, cancellationToken));
        ApiResponse response = await SendAsync(request, token, call, cancellationToken);
        for (int renewals = 0; response.StatusCode == HttpStatus.Unauthorized && CanRenew && renewals < MaxRenewals; renewals++)
        {
            // A token expires without warning (api-contract.md section 2). A request that was rejected because of it was not carried out,
            // so even a create may be sent again.
            AccessToken rejected = token;
            token = await call.UntimedAsync(() => _tokens.RenewAsync(rejected, call.Observer, cancellationToken));
            response = await SendAsync(request, token, call, cancellationToken);
        }

        return response;
    }

    private Task<ApiResponse> SendAsync(ApiRequest request, AccessToken token, CallContext call, CancellationToken cancellationToken)
    {
        string secret = token.Reveal();
        return _transport.SendAsync(request, request.CreateContent(), secret, "Bearer " + secret, call, cancellationToken);
    }
}
