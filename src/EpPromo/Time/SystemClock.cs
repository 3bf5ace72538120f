using System.Diagnostics;

namespace EpPromo.Time;

/// <summary>The machine's time. Started from the wall clock and carried on by a stopwatch, so a corrected wall clock does not disturb it.</summary>
internal sealed class SystemClock : IClock
{
    /// <summary>What a timer of the runtime takes: 24 days.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => _start + _elapsed.Elapsed;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Delay(
        duration < TimeSpan.Zero ? TimeSpan.Zero : duration > Longest ? Longest : duration, cancellationToken);
}
