using EpPromo.Time;

namespace EpPromo.UnitTests.Domain;

/// <summary>A clock on which each pause is over at once.</summary>
internal sealed class RushingClock : IClock
{
    private readonly object _lock = new();
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }

        set
        {
            lock (_lock)
            {
                _now = value;
            }
        }
    }

    public async Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _now += duration;
        }
    }
}
