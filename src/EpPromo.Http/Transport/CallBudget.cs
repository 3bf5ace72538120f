using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>
/// The time that a call may take with all its tries. It stands still while the call waits for its turn in the rate limit or for
/// a token that others ask for, since that is not the store's slowness. A pause that the store has asked for is, and counts.
/// </summary>
internal sealed class CallBudget
{
    private readonly IClock _clock;
    private TimeSpan _used;
    private DateTimeOffset? _since;

    public CallBudget(TimeSpan limit, IClock clock)
    {
        Limit = limit;
        _clock = clock;
        _since = clock.UtcNow;
    }

    public TimeSpan Limit { get; }

    public TimeSpan Remaining => Limit > Used ? Limit - Used : TimeSpan.Zero;

    private TimeSpan Used => _since is { } since ? _used + (_clock.UtcNow - since) : _used;

    /// <summary>Begins anew, because there was progress.</summary>
    public void Renew()
    {
        _used = TimeSpan.Zero;
        _since = _clock.UtcNow;
    }

    /// <summary>Waits for <paramref name="work"/> off the clock.</summary>
    public async Task<T> WithoutAsync<T>(Func<Task<T>> work)
    {
        _used = Used;
        _since = null;
        try
        {
            return await work();
        }
        finally
        {
            _since = _clock.UtcNow;
        }
    }
}
