using EpPromo.Api;
using EpPromo.Http.Requests;
using EpPromo.Http.Resilience;
using EpPromo.Http.Tokens;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http.Resources;

/// <summary>
/// Makes a call: sends a request until it succeeds or should not be retried, and turns the last failure into an error. All calls of a
/// connection go through it, except the one for the token.
/// </summary>
internal sealed class ApiCaller
{
    private readonly StoreOptions _options;
    private readonly AuthorizedTransport _transport;
    private readonly RetryPolicy _retries;
    private readonly IClock _clock;
    private readonly CancellationToken _closed;

    public ApiCaller(StoreOptions options, AuthorizedTransport transport, RetryPolicy retries, IClock clock, CancellationToken closed)
    {
        _options = options;
        _transport = transport;
        _retries = retries;
        _clock = clock;
        _closed = closed;
    }

    /// <summary>Sends <paramref name="request"/> until it succeeds, and turns the response into what it means.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="read">Reads a success (<see cref="ApiResponse.Read"/>).</param>
    /// <param name="observer">Is notified of each attempt.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <param name="isFirstConnection">Whether no store has responded at this address yet.</param>
    /// <exception cref="EpPromoException">The call failed.</exception>
    public async Task<T> CallAsync<T>(
        ApiRequest request,
        Func<ApiResponse, T> read,
        IRequestObserver observer,
        CancellationToken cancellationToken,
        bool isFirstConnection = false)
    {
        CallContext call = new(observer, _options.CallTimeout, _clock, isFirstConnection);
        return await WhileOpenAsync(
            async stop =>
            {
                try
                {
                    return await _retries.RunAsync(
                        request, call, async () => (await _transport.SendAsync(request, call, stop)).Read(read), stop);
                }
                catch (AttemptException failed)
                {
                    EpPromoException error = CallErrors.For(request, failed, _transport.CanRenew);
                    if (error is UncertainResultException)
                    {
                        call.ReportUncertain(request.Host, failed);
                    }

                    throw error;
                }
            },
            () => request.Kind == RequestKind.Write && call.MayHaveBeenSent
                ? new UncertainResultException(request.Name, SR.DetailStoreDisconnected)
                : Closed(),
            cancellationToken);
    }

    /// <summary>
    /// Runs <paramref name="work"/> until it ends, the caller cancels, or the store is disconnected, which has its own error.
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

    private EpPromoException Closed() => new(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), _options.DisplayName);
}
