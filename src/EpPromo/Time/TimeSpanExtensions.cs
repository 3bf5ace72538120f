namespace EpPromo.Time;

/// <summary>The shorter and the longer of two durations; .NET Standard has neither.</summary>
internal static class TimeSpanExtensions
{
    /// <summary>This duration, but no longer than <paramref name="limit"/>.</summary>
    public static TimeSpan AtMost(this TimeSpan duration, TimeSpan limit) => duration < limit ? duration : limit;

    /// <summary>This duration, but no shorter than <paramref name="limit"/>.</summary>
    public static TimeSpan AtLeast(this TimeSpan duration, TimeSpan limit) => duration > limit ? duration : limit;
}
