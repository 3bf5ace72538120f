using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>
/// Tokens for a client id and secret: asked for when needed, renewed before they die (api-contract.md section 2) and used until they do.
/// However many callers need one, one request is under way at a time; it belongs to nobody, so no caller's cancellation stops it for the
/// others.
/// </summary>
internal sealed class ClientTokens : ITokenSource
{
    /// <summary>How long a renewal that failed is left alone while the token before it serves: its own tries have taken their time.</summary>
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(30);

    private readonly TokenRequest _request;
    private readonly IClock _clock;
    private readonly CancellationToken _closed;
    private readonly object _lock = new();
    private AccessToken? _current;
    private DateTimeOffset _nextRenewal = DateTimeOffset.MinValue;
    private bool _provenGood;
    private Task<AccessToken>? _coming;

    public ClientTokens(TokenRequest request, IClock clock, CancellationToken closed)
    {
        _request = request;
        _clock = clock;
        _closed = closed;
    }

    public bool CanRenew => true;

    public async Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<AccessToken> coming;
        lock (_lock)
        {
            if (_current is { } current && _clock.UtcNow < current.ExpiresAt)
            {
                if (_clock.UtcNow >= current.RenewAt && _clock.UtcNow >= _nextRenewal)
                {
                    // Nobody has to wait for the next one while this one serves, nor to fail because the next one cannot be had yet.
                    _ = Coming(observer);
                }

                return current;
            }

            coming = Coming(observer);
        }

        return await coming.OrCancelled(cancellationToken);
    }

    public async Task<AccessToken> RenewAsync(AccessToken dead, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<AccessToken> coming;
        lock (_lock)
        {
            if (_current is { } current && current != dead)
            {
                return current;
            }

            _current = null;
            coming = Coming(observer);
        }

        return await coming.OrCancelled(cancellationToken);
    }

    /// <summary>The request that is under way, or a new one. Called inside the lock.</summary>
    private Task<AccessToken> Coming(IRequestObserver observer)
    {
        if (_coming is null)
        {
            // Started on the pool: nothing of it may run inside the lock. It can fail with nobody waiting: then that is all there is to it.
            _request.Count();
            _coming = Task.Run(() => FetchAsync(observer), CancellationToken.None);
            _ = _coming.ContinueWith(
                failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        return _coming;
    }

    private async Task<AccessToken> FetchAsync(IRequestObserver observer)
    {
        AccessToken? fetched = null;
        try
        {
            fetched = await _request.SendAsync(observer, _provenGood, _closed);
            _provenGood = true;
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                _current = fetched ?? _current;
                _coming = null;
                if (fetched is null)
                {
                    _nextRenewal = _clock.UtcNow + RenewalPause;
                }
            }
        }
    }
}
