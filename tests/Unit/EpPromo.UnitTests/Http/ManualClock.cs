using System.Collections.Concurrent;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>A clock that moves when it is told to, and when somebody waits by it.</summary>
internal sealed class ManualClock : IClock
{
    private readonly ConcurrentQueue<TimeSpan> _delays = new();
    private long _ticks = DateTimeOffset.UtcNow.UtcTicks;

    public DateTimeOffset UtcNow => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>What was waited for.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        _delays.Enqueue(duration);
        Advance(duration);
        return Task.CompletedTask;
    }
}
