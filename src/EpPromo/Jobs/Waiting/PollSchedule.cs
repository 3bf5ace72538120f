namespace EpPromo.Jobs.Waiting;

/// <summary>When to look at a job next. A look costs a request of the store's budget, so it is worth guessing well.</summary>
internal static class PollSchedule
{
    /// <summary>The longest pause between two looks at a job that may end at any moment.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestAsleep = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long to wait before the next look. With an estimate: shortly before it, then closely. Without one, and past it: longer the
    /// longer it has taken, from 200 ms to 15 s, so a job is seen to end within a quarter of its own time.
    /// </summary>
    /// <param name="waited">How long the job has run so far.</param>
    /// <param name="estimate">How long such jobs take, or null.</param>
    public static TimeSpan NextDelay(TimeSpan waited, TimeSpan? estimate)
    {
        if (estimate is { } expected)
        {
            TimeSpan shortlyBefore = Scale(expected, 0.95);
            if (waited < shortlyBefore)
            {
                // An estimate can be far too long: after half a minute no pause is longer than the job has run already.
                TimeSpan left = shortlyBefore - waited;
                TimeSpan most = Min(Max(waited, Longest + Longest), LongestAsleep);
                return Max(Shortest, Min(left, most));
            }

            TimeSpan late = waited - shortlyBefore;
            return Clamp(Scale(expected, 0.05) + Scale(late, 0.25));
        }

        return Clamp(Scale(waited, 0.25));
    }

    private static TimeSpan Scale(TimeSpan time, double factor) => TimeSpan.FromTicks((long)(time.Ticks * factor));

    private static TimeSpan Clamp(TimeSpan delay) => Max(Shortest, Min(delay, Longest));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
