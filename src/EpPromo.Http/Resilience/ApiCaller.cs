using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>
/// Makes a call: token, tries, and the error at the end. All calls of a connection but the one for the token go through it.
/// </summary>
internal sealed class ApiCaller
{
    private const int Unauthorized = 401;

    /// <summary>A new token can be dead too when all of a client's tokens are revoked just then; two in a row are not its age.</summary>
    private const int MaxRenewals = 2;

    private readonly StoreOptions _options;
    private readonly ApiTransport _transport;
    private readonly RetryPolicy _retries;
    private readonly ITokenSource _tokens;
    private readonly IClock _clock;
    private readonly CancellationToken _closed;

    public ApiCaller(
        StoreOptions options, ApiTransport transport, RetryPolicy retries, ITokenSource tokens, IClock clock, CancellationToken closed)
    {
        _options = options;
        _transport = transport;
        _retries = retries;
        _tokens = tokens;
        _clock = clock;
        _closed = closed;
    }

    /// <summary>Sends <paramref name="request"/> until it is answered, and turns the answer into what it means.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Reads a success; throws <see cref="InvalidResponseException"/> when it is none.</param>
    /// <param name="observer">Is told of each try.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <param name="isProven">Whether the address is known to be a store's.</param>
    public async Task<T> CallAsync<T>(
        ApiRequest request,
        Func<ApiAnswer, T> read,
        IRequestObserver observer,
        CancellationToken cancellationToken,
        bool isProven = true)
    {
        Call call = new(new CallLog(observer), _options.CallTimeout, isProven, _clock);
        return await WhileOpenAsync(
            async both =>
            {
                try
                {
                    return await _retries.RunAsync(request, call, stop => TryAsync(request, read, call, observer, stop), both);
                }
                catch (AttemptException failed)
                {
                    throw CallErrors.For(request, failed, _tokens.CanRenew);
                }
            },
            () => request.Kind == RequestKind.Write && call.MayHaveBeenSent
                ? new UncertainResultException(request.Name, SR.DetailStoreDisconnected)
                : Closed(),
            cancellationToken);
    }

    /// <summary>
    /// Runs <paramref name="work"/> until it ends, the caller cancels or the store is disconnected; the last is an error of its own.
    /// </summary>
    public Task<T> WhileOpenAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        WhileOpenAsync(work, Closed, cancellationToken);

    private async Task<T> WhileOpenAsync<T>(
        Func<CancellationToken, Task<T>> work, Func<EpPromoException> closed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed);
        try
        {
            return _closed.IsCancellationRequested ? throw Closed() : await work(both.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (_closed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            throw closed();
        }
    }

    private async Task<T> TryAsync<T>(
        ApiRequest request, Func<ApiAnswer, T> read, Call call, IRequestObserver observer, CancellationToken stop)
    {
        AccessToken token = await call.Budget.WithoutAsync(() => _tokens.GetAsync(observer, stop));
        ApiAnswer answer = await SendAsync(request, token, call, stop);
        for (int renewals = 0; answer.StatusCode == Unauthorized && _tokens.CanRenew && renewals < MaxRenewals; renewals++)
        {
            // A token dies without warning (api-contract.md section 2). A request that was turned away at the door was not carried out,
            // so even a create may be sent again.
            AccessToken dead = token;
            token = await call.Budget.WithoutAsync(() => _tokens.RenewAsync(dead, observer, stop));
            answer = await SendAsync(request, token, call, stop);
        }

        if (!answer.IsSuccess)
        {
            throw AttemptException.Refused(ErrorReader.Read(answer));
        }

        try
        {
            return read(answer);
        }
        catch (InvalidResponseException why)
        {
            throw AttemptException.Unreadable(why, answer);
        }
    }

    private Task<ApiAnswer> SendAsync(ApiRequest request, AccessToken token, Call call, CancellationToken stop)
    {
        string secret = token.Reveal();
        return _transport.SendAsync(request, request.CreateBody(), secret, "Bearer " + secret, call, stop);
    }

    private EpPromoException Closed() => new(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), _options.BaseUri);
}
