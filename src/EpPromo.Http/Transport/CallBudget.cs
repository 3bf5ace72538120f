using System.Diagnostics;

namespace EpPromo.Http;

/// <summary>
/// The time that a call may take with all its tries. It stands still while the call waits for its turn in the rate limit or for
/// a token that others ask for, since that is not the store's slowness.
/// </summary>
internal sealed class CallBudget
{
    private readonly Stopwatch _used = Stopwatch.StartNew();

    public CallBudget(TimeSpan limit) => Limit = limit;

    public TimeSpan Limit { get; }

    public TimeSpan Remaining => Limit > _used.Elapsed ? Limit - _used.Elapsed : TimeSpan.Zero;

    /// <summary>Begins anew, because there was progress.</summary>
    public void Renew() => _used.Restart();

    /// <summary>Waits for <paramref name="work"/> off the clock.</summary>
    public async Task<T> WithoutAsync<T>(Func<Task<T>> work)
    {
        _used.Stop();
        try
        {
            return await work();
        }
        finally
        {
            _used.Start();
        }
    }
}
