namespace EpPromo;

/// <summary>
/// What the store's clock has surely reached, learned from <c>Date</c> headers. They are cut to whole seconds, so each gives a
/// lower bound only; the best one seen, plus the time gone by since, is kept.
/// </summary>
public sealed class ServerClock
{
    private readonly IClock _clock;
    private readonly object _lock = new();
    private TimeSpan? _offset;

    /// <summary>A server clock that counts on with <paramref name="clock"/>.</summary>
    public ServerClock(IClock clock) => _clock = clock;

    /// <summary>The lower bound now; without any header yet, this machine's own time.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_lock)
            {
                return _clock.UtcNow + (_offset ?? TimeSpan.Zero);
            }
        }
    }

    /// <summary>Learns from a <c>Date</c> header that has just arrived.</summary>
    public void Observe(DateTimeOffset date)
    {
        TimeSpan offset = date - _clock.UtcNow;
        lock (_lock)
        {
            _offset = _offset is { } known && known > offset && known - offset < MaxCorrection ? known : offset;
        }
    }

    /// <summary>A larger step back than this is the store's clock being set, not a header cut to seconds or a slow answer.</summary>
    private static readonly TimeSpan MaxCorrection = TimeSpan.FromMinutes(2);
}
