using System.Text.Json;
using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>Asks the store for a token (api-contract.md section 2). The secret is plain text for as long as it takes to send it.</summary>
internal sealed class TokenRequest
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);

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
            Path = address.Show(address.Token()),
            Kind = RequestKind.Read,
            SecretAnswer = true,
        };
    }

    /// <summary>Counts a token that is about to be asked for.</summary>
    public void Count() => _counters.CountTokenRefresh();

    /// <summary>A new token.</summary>
    /// <param name="observer">Is told of each try.</param>
    /// <param name="isProven">Whether this address has handed out a token before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EpPromoException">The store does not take the credentials, or cannot be reached.</exception>
    public async Task<AccessToken> SendAsync(IRequestObserver observer, bool isProven, CancellationToken cancellationToken)
    {
        Call call = new(new CallLog(observer), _options.CallTimeout, isProven, _clock);
        try
        {
            return await _retries.RunAsync(_request, call, stop => TryAsync(call, stop), cancellationToken);
        }
        catch (AttemptException failed)
        {
            throw Error(failed);
        }
    }

    private async Task<AccessToken> TryAsync(Call call, CancellationToken stop)
    {
        string secret = PlainText.Of(_options.Credential.Secret);
        SentBody body = await SentBody.FormAsync(
        [
            new("grant_type", "client_credentials"),
            new("client_id", _options.Credential.ClientId!),
            new("client_secret", secret),
        ]);
        DateTimeOffset asked = _clock.UtcNow;
        ApiAnswer answer = await _transport.SendAsync(_request, body, secret, authorization: null, call, stop);
        if (!answer.IsSuccess)
        {
            throw AttemptException.Refused(ErrorReader.Read(answer));
        }

        try
        {
            return JsonText.Read(answer.Body, json => Read(json, asked));
        }
        catch (InvalidResponseException why)
        {
            throw AttemptException.Unreadable(why, answer);
        }
    }

    /// <summary>The fields stand under <c>data</c> (the reference) or at the top (the vendor's clients).</summary>
    private AccessToken Read(JsonElement json, DateTimeOffset asked)
    {
        JsonElement fields = json.Field("access_token") is null ? json.Data() : json;
        string token = fields.RequiredKey("access_token");
        TimeSpan life = Life(fields);
        return AccessToken.IsToken(token)
            ? new AccessToken(PlainText.Hide(token), asked + TimeToRenewal(life), asked + life)
            : throw InvalidResponseException.WrongType("access_token");
    }

    /// <summary>Both fields are optional to us; a life that cannot be right is a clock or a unit that is not ours.</summary>
    private TimeSpan Life(JsonElement fields)
    {
        long? seconds = fields.CosmeticLongNumber("expires_in")
            ?? fields.CosmeticLongNumber("expires") - _serverClock.UtcNow.ToUnixTimeSeconds();
        return seconds > 0 && seconds <= LongestLife.TotalSeconds ? TimeSpan.FromSeconds(seconds.Value) : UsualLife;
    }

    /// <summary>A minute before the end, or at half time for a token that lives shorter than two.</summary>
    private static TimeSpan TimeToRenewal(TimeSpan life) =>
        life > RenewBefore + RenewBefore ? life - RenewBefore : TimeSpan.FromTicks(life.Ticks / 2);

    private EpPromoException Error(AttemptException failed) => failed.Error switch
    {
        { StatusCode: 400 or 401 or 403 } refused => new ApiException(
            ErrorKind.NotAuthenticated, nameof(SR.LoginRefused), refused, RefusalErrors.Words(refused)),
        { StatusCode: 404 or 405 } notThere => new EpPromoException(
            ErrorKind.InvalidResponse,
            nameof(SR.UnexpectedResponse),
            _request.Name,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, SR.DetailNoTokenEndpoint, notThere)),
        _ => CallErrors.For(_request, failed, renews: true),
    };
}
