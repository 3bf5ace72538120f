using EpPromo.Sandbox.Jobs;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>
/// Counts the jobs that were created in each interval of the last minute, 10 minutes, hour, day and 90 days. The intervals start at fixed
/// times, not relative to now: otherwise, the counts would change all the time.
/// </summary>
internal sealed class TimelineCollector(DateTimeOffset now)
{
    private static readonly (long Seconds, long Step)[] s_ranges =
    [
        (60, 1),
        (600, 10),
        (3600, 60),
        (86_400, 1800),
        (90 * 86_400, 2 * 86_400),
    ];

    private readonly SortedDictionary<long, TimelineInterval>[] _intervals =
        [.. s_ranges.Select(_ => new SortedDictionary<long, TimelineInterval>())];

    public void Add(JobState job, string status)
    {
        double age = (now - job.CreatedAt).TotalSeconds;
        long created = job.CreatedAt.ToUnixTimeSeconds();
        for (int i = s_ranges.Length - 1; i >= 0 && age <= s_ranges[i].Seconds; i--)
        {
            long step = s_ranges[i].Step;
            long start = created - (created % step);
            if (!_intervals[i].TryGetValue(start, out TimelineInterval? interval))
            {
                _intervals[i][start] = interval = new TimelineInterval(DateTimeOffset.FromUnixTimeSeconds(start));
            }

            Count(interval, status);
        }
    }

    public Timeline ToTimeline() => new(
    [
        .. s_ranges.Zip(_intervals, (range, intervals) => new TimelineRange(
            range.Seconds,
            range.Step,
            intervals.Values.Sum(interval => interval.Completed + interval.Failed + interval.Cancelled + interval.Unfinished),
            [.. intervals.Values])),
    ]);

    private static void Count(TimelineInterval interval, string status)
    {
        switch (status)
        {
            case JobStatus.Completed:
                interval.Completed++;
                break;
            case JobStatus.Failed:
                interval.Failed++;
                break;
            case JobStatus.Cancelled:
                interval.Cancelled++;
                break;
            default:
                interval.Unfinished++;
                break;
        }
    }
}
