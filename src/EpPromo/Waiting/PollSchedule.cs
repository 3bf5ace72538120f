namespace EpPromo;

/// <summary>When to look at a job next. A look costs a request of the store's budget, so it is worth guessing well.</summary>
public static class PollSchedule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

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
                // An estimate can be far too long, so a long one is approached by halves.
                TimeSpan left = shortlyBefore - waited;
                return left > Longest + Longest ? Scale(left, 0.5) : left < Shortest ? Shortest : left;
            }

            TimeSpan late = waited - shortlyBefore;
            return Clamp(Scale(expected, 0.05) + Scale(late, 0.25));
        }

        return Clamp(Scale(waited, 0.25));
    }

    private static TimeSpan Scale(TimeSpan time, double factor) => TimeSpan.FromTicks((long)(time.Ticks * factor));

    private static TimeSpan Clamp(TimeSpan delay) => delay < Shortest ? Shortest : delay > Longest ? Longest : delay;
}
