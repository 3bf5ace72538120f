using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>How long to wait between two polls of a job. Each poll costs a request of the store's budget, so a good guess pays.</summary>
internal static class PollSchedule
{
    /// <summary>The longest delay between two polls of a job that may end at any moment.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxDelayBeforeEstimate = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The delay before the next poll. With an estimate: until shortly before it, then short. Without one, and past it: a quarter of the time
    /// that the job has run, from 200 ms to 15 s, so that its end is noticed within a quarter of its own duration.
    /// </summary>
    /// <param name="elapsed">How long the job has run.</param>
    /// <param name="estimate">How long such jobs take, or null.</param>
    public static TimeSpan NextDelay(TimeSpan elapsed, TimeSpan? estimate)
    {
        if (estimate is { } expected)
        {
            TimeSpan shortlyBefore = Scale(expected, 0.95);
            if (elapsed < shortlyBefore)
            {
                // An estimate can be far too long: after half a minute no delay is longer than the job has run already.
                TimeSpan left = shortlyBefore - elapsed;
                TimeSpan most = elapsed.AtLeast(MaxDelay + MaxDelay).AtMost(MaxDelayBeforeEstimate);
                return left.AtMost(most).AtLeast(MinDelay);
            }

            TimeSpan late = elapsed - shortlyBefore;
            return Clamp(Scale(expected, 0.05) + Scale(late, 0.25));
        }

        return Clamp(Scale(elapsed, 0.25));
    }

    private static TimeSpan Scale(TimeSpan time, double factor) => TimeSpan.FromTicks((long)(time.Ticks * factor));

    private static TimeSpan Clamp(TimeSpan delay) => delay.AtMost(MaxDelay).AtLeast(MinDelay);
}
