using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>How long to wait between two polls of a job. Each poll costs a request of the store's budget, so a good guess pays.</summary>
internal static class PollSchedule
{
    /// <summary>The longest delay between two polls of a job that may end at any moment.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(15);

    private const double ShareOfAge = 0.02;
    private const double ShareOfEstimate = 0.01;

    private static readonly TimeSpan s_minDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_firstDelaysEnd = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_defaultDelay = TimeSpan.FromSeconds(1);

    /// <summary>The delay before the next poll of a job.</summary>
    /// <param name="age">How long the store has worked on the job.</param>
    /// <param name="estimate">How long that takes, or null.</param>
    public static TimeSpan NextDelay(TimeSpan age, WorkEstimate? estimate) => estimate switch
    {
        null => NextDelay(age),
        { } known when age < FirstPoll(known, afterLongest: false) => FirstPoll(known, afterLongest: false) - age,
        { } known => Scale(known.Longest, ShareOfEstimate)
            .AtLeast(known.Longest - known.Shortest)
            .AtLeast(Scale(age - known.Longest, 0.25))
            .AtMost(Interval(age))
            .AtLeast(s_minDelay),
    };

    /// <summary>The delay before the next poll of a job whose codes are counted: nearly until its end, because counts are not even.</summary>
    /// <param name="remaining">How long it still takes, by its counts.</param>
    public static TimeSpan DelayBefore(TimeSpan remaining) => Scale(remaining, 0.9).AtLeast(s_minDelay).AtMost(LongestSilence(TimeSpan.Zero));

    /// <summary>
    /// When a job is polled for the first time: when the longest of the similar jobs had ended, if all of them took about as long, else when
    /// the shortest had.
    /// </summary>
    /// <param name="estimate">How long similar jobs took.</param>
    /// <param name="afterLongest">Whether to poll it when the longest of them had ended, in any case.</param>
    public static TimeSpan FirstPoll(WorkEstimate estimate, bool afterLongest)
    {
        bool isLong = afterLongest || estimate.Longest - estimate.Shortest <= Scale(Interval(estimate.Longest), 0.5);
        TimeSpan first = isLong ? estimate.Longest : estimate.Shortest;

        // A poll that comes a moment too early is a request for nothing.
        return first + Scale(first, 0.005).AtLeast(TimeSpan.FromMilliseconds(20)).AtMost(TimeSpan.FromMilliseconds(250));
    }

    /// <summary>
    /// How long a job may be left alone, whatever its estimate: an estimate can be far too long, so after half a minute no longer than the
    /// job has existed already.
    /// </summary>
    /// <param name="elapsed">The time since its creation.</param>
    public static TimeSpan LongestSilence(TimeSpan elapsed) => elapsed.AtLeast(TimeSpan.FromSeconds(30)).AtMost(TimeSpan.FromMinutes(5));

    /// <summary>
    /// The delay before something is tried again of which nothing is known: a quarter of the time that has passed, from 200 ms to 15 s.
    /// </summary>
    public static TimeSpan GrowingDelay(TimeSpan elapsed) => Scale(elapsed, 0.25).AtMost(MaxDelay).AtLeast(s_minDelay);

    /// <summary>
    /// The time between two polls of a job that may end at any moment: a second, but half of that at first, because most short jobs end then,
    /// and later 2 % of the job's age.
    /// </summary>
    private static TimeSpan Interval(TimeSpan age) =>
        age < s_firstDelaysEnd ? s_firstDelay : Scale(age, ShareOfAge).AtLeast(s_defaultDelay).AtMost(MaxDelay);

    /// <summary>Until the next multiple of the interval, so that the times which the responses take do not add up.</summary>
    private static TimeSpan NextDelay(TimeSpan age)
    {
        TimeSpan interval = Interval(age);
        TimeSpan delay = interval - TimeSpan.FromTicks(age.Ticks % interval.Ticks);
        return delay < s_minDelay ? delay + interval : delay;
    }

    private static TimeSpan Scale(TimeSpan time, double factor) => TimeSpan.FromTicks((long)(time.Ticks * factor));
}
