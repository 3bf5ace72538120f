namespace EpPromo.Time;

/// <summary>The delay before a write is sent again: exponential, with full jitter, so that many callers do not retry at the same moment.</summary>
internal static class JitteredBackoff
{
    private const int MaxDoublings = 5;
    private static readonly TimeSpan s_initial = TimeSpan.FromMilliseconds(250);

    /// <summary>The delay after <paramref name="retries"/> earlier ones, at most 8 seconds.</summary>
    public static TimeSpan Next(int retries, IRandomSource random) =>
        TimeSpan.FromTicks((long)((s_initial.Ticks << Math.Min(retries, MaxDoublings)) * random.NextDouble()));
}
