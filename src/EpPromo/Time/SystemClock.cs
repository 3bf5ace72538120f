using System.Diagnostics;

namespace EpPromo.Time;

/// <summary>The machine's time. It starts at the wall clock and runs with a stopwatch, so an adjusted wall clock does not affect it.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>The maximum that a timer of the runtime accepts: 24 days.</summary>
    internal static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => _start + _elapsed.Elapsed;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(
        duration < TimeSpan.Zero ? TimeSpan.Zero : duration > MaxDelay ? MaxDelay : duration, cancellationToken);
}
