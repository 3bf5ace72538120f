using System.Collections.Concurrent;
using EpPromo.Time;
using Microsoft.Extensions.Time.Testing;

namespace EpPromo.UnitTests;

/// <summary>
/// The tests' clock: a <see cref="FakeTimeProvider"/> as the <see cref="IClock"/> of the domain. Time moves only when the test
/// says so, and by itself to the end of each delay that somebody waits for, unless <see cref="AutoAdvances"/> is off.
/// </summary>
internal sealed class FakeClock(DateTimeOffset? start = null) : IClock
{
    private static readonly DateTimeOffset s_defaultStart = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<TimeSpan> _delays = new();

    /// <summary>The same time, for code that takes a <see cref="TimeProvider"/>.</summary>
    public FakeTimeProvider Time { get; } = new(start ?? s_defaultStart);

    /// <summary>Whether a delay ends at once, with the time at its end.</summary>
    public bool AutoAdvances { get; init; } = true;

    public DateTimeOffset UtcNow => Time.GetUtcNow();

    /// <summary>The delays that were waited for, in the order they began.</summary>
    public IReadOnlyList<TimeSpan> Delays => [.. _delays];

    public void Advance(TimeSpan by)
    {
        lock (_delays)
        {
            Time.Advance(by);
        }
    }

    public async Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        _delays.Enqueue(duration);
        if (!AutoAdvances)
        {
            await Task.Delay(duration, Time, cancellationToken);
            return;
        }

        // A delay is a step of its own even when it takes no time, so that a loop of delays never overflows the stack. Delays of several
        // callers overlap: time moves on to the end of each, not by the sum of them.
        DateTimeOffset due = UtcNow + duration;
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_delays)
        {
            if (UtcNow < due)
            {
                Time.SetUtcNow(due);
            }
        }
    }
}
