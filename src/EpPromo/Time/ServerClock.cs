namespace EpPromo.Time;

/// <summary>
/// The store's clock, estimated from the <c>Date</c> headers of its last responses. They are truncated to seconds, some are late, and the
/// machines of a store may disagree. The median of the last few is about half a second behind, and no single header can distort it.
/// </summary>
internal sealed class ServerClock
{
    /// <summary>
    /// How far times may disagree that the store writes, such as <c>created_at</c> and the <c>Date</c> headers: they come from different
    /// machines (docs/guarantees.md, "Assumptions").
    /// </summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private const int MaxHeaders = 9;

    /// <summary>Older headers say nothing about a clock that was adjusted since, or about two clocks that drift.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(5);

    private readonly IClock _clock;
    private readonly object _lock = new();
    private readonly Queue<(DateTimeOffset At, TimeSpan Offset)> _observed = new();
    private TimeSpan _offset;

    /// <summary>A clock that runs with <paramref name="clock"/> between two headers.</summary>
    public ServerClock(IClock clock) => _clock = clock;

    /// <summary>The store's current time, up to a second late; before the first header, this machine's time.</summary>
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

    /// <summary>Takes a <c>Date</c> header into account that has just arrived.</summary>
    public void Observe(DateTimeOffset date)
    {
        DateTimeOffset now = _clock.UtcNow;
        lock (_lock)
        {
            while (_observed.Count > 0 && (_observed.Count == MaxHeaders || now - _observed.Peek().At > s_maxAge))
            {
                _observed.Dequeue();
            }

            _observed.Enqueue((now, date - now));
            _offset = _observed.Select(header => header.Offset).OrderBy(offset => offset).ElementAt(_observed.Count / 2);
        }
    }
}
