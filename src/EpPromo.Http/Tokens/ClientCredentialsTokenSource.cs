using EpPromo.Api;
using EpPromo.Http.Transport;
using EpPromo.Time;

namespace EpPromo.Http.Tokens;

/// <summary>
/// Tokens for a client id and secret: requested when needed, renewed before they expire (api-contract.md section 2) and used until
/// then. However many callers need one, only one refresh is in flight. It belongs to none of them, so that no caller's cancellation
/// stops it for the others.
/// </summary>
internal sealed class ClientCredentialsTokenSource : ITokenSource
{
    /// <summary>
    /// How long to wait after a failed renewal, which has been retried, before the next one. Meanwhile the previous token is used.
    /// </summary>
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly TokenRequest _request;
    private readonly IClock _clock;
    private readonly CancellationToken _closed;
    private readonly object _lock = new();
    private AccessToken? _current;
    private DateTimeOffset _nextRenewal = DateTimeOffset.MinValue;
    private bool _hasSucceeded;
    private Task<AccessToken>? _refreshInFlight;

    public ClientCredentialsTokenSource(TokenRequest request, IClock clock, CancellationToken closed)
    {
        _request = request;
        _clock = clock;
        _closed = closed;
    }

    public bool CanRenew => true;

    public async Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<AccessToken> refresh;
        lock (_lock)
        {
            if (_current is { } current && _clock.UtcNow < current.ExpiresAt)
            {
                if (_clock.UtcNow >= current.RenewAt && _clock.UtcNow >= _nextRenewal)
                {
                    // In the background, because no caller should wait or fail for the next token while this one is valid.
                    _ = Refresh(observer);
                }

                return current;
            }

            refresh = Refresh(observer);
        }

        return await refresh.WaitAsync(cancellationToken);
    }

    public async Task<AccessToken> RenewAsync(AccessToken rejected, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<AccessToken> refresh;
        lock (_lock)
        {
            if (_current is { } current && current != rejected)
            {
                return current;
            }

            _current = null;
            refresh = Refresh(observer);
        }

        return await refresh.WaitAsync(cancellationToken);
    }

    /// <summary>The refresh in flight, or a new one. Called inside the lock.</summary>
    private Task<AccessToken> Refresh(IRequestObserver observer)
    {
        if (_refreshInFlight is null)
        {
            // On the pool, because none of it may run inside the lock. If no caller awaits a failure, its error is ignored.
            _request.Count();
            _refreshInFlight = Task.Run(() => FetchAsync(observer), CancellationToken.None);
            _ = _refreshInFlight.ContinueWith(
                failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return _refreshInFlight;
    }

    private async Task<AccessToken> FetchAsync(IRequestObserver observer)
    {
        AccessToken? fetched = null;
        try
        {
            fetched = await _request.SendAsync(observer, isFirstConnection: !_hasSucceeded, _closed);
            _hasSucceeded = true;
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                _current = fetched ?? _current;
                _refreshInFlight = null;
                if (fetched is null)
                {
                    _nextRenewal = _clock.UtcNow + s_pauseAfterFailure;
                }
            }
        }
    }
}
