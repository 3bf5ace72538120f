namespace EpPromo.Time;

/// <summary>
/// The store's clock, learned from the <c>Date</c> headers of its last answers. They are cut to whole seconds, some come late, and the
/// machines of a store may disagree: the middle one of the last few is half a second behind, and no single one can lead it astray.
/// </summary>
internal sealed class ServerClock
{
    private const int Kept = 9;

    /// <summary>Older headers say nothing of a clock that has been set, or of two clocks that drift.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(5);

    private readonly IClock _clock;
    private readonly object _lock = new();
    private readonly Queue<(DateTimeOffset At, TimeSpan Offset)> _seen = new();
    private TimeSpan _offset;

    /// <summary>A server clock that counts on with <paramref name="clock"/>.</summary>
    public ServerClock(IClock clock) => _clock = clock;

    /// <summary>The store's time now, up to a second behind it; without any header yet, this machine's own time.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_lock)
            {
                return _clock.UtcNow + _offset;
            }
        }
    }

    /// <summary>Learns from a <c>Date</c> header that has just arrived.</summary>
    public void Observe(DateTimeOffset date)
    {
        DateTimeOffset now = _clock.UtcNow;
        lock (_lock)
        {
            while (_seen.Count > 0 && (_seen.Count == Kept || now - _seen.Peek().At > LongestKept))
            {
                _seen.Dequeue();
            }

            _seen.Enqueue((now, date - now));
            _offset = _seen.Select(seen => seen.Offset).OrderBy(offset => offset).ElementAt(_seen.Count / 2);
        }
    }
}
