namespace EpPromo.Http;

/// <summary>
/// Tokens for a client id and secret: asked for when needed, renewed before they die (api-contract.md section 2). However many
/// callers need one, one request is under way at a time; it belongs to nobody, so no caller's cancellation stops it for the others.
/// </summary>
internal sealed class ClientTokens : ITokenSource
{
    private readonly TokenRequest _request;
    private readonly IClock _clock;
    private readonly CancellationToken _closed;
    private readonly object _lock = new();
    private AccessToken? _current;
    private bool _provenGood;
    private Task<AccessToken>? _coming;

    public ClientTokens(TokenRequest request, IClock clock, CancellationToken closed)
    {
        _request = request;
        _clock = clock;
        _closed = closed;
    }

    public bool CanRenew => true;

    public Task<AccessToken> GetAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        NextAsync(current => _clock.UtcNow < current.RenewAt, observer, cancellationToken);

    public Task<AccessToken> RenewAsync(AccessToken dead, IRequestObserver observer, CancellationToken cancellationToken) =>
        NextAsync(current => current != dead, observer, cancellationToken);

    private async Task<AccessToken> NextAsync(
        Func<AccessToken, bool> isGood, IRequestObserver observer, CancellationToken cancellationToken)
    {
        Task<AccessToken> coming;
        lock (_lock)
        {
            if (_current is { } current && isGood(current))
            {
                return current;
            }

            // Started on the pool: nothing of it may run inside the lock.
            coming = _coming ??= Task.Run(() => FetchAsync(observer), CancellationToken.None);
        }

        return await coming.OrCancelled(cancellationToken);
    }

    private async Task<AccessToken> FetchAsync(IRequestObserver observer)
    {
        AccessToken? fetched = null;
        try
        {
            fetched = await _request.SendAsync(observer, _provenGood ? Retries.Usual : Retries.Unproven, _closed);
            _provenGood = true;
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                _current = fetched;
                _coming = null;
            }
        }
    }
}
