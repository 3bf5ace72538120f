using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>The time that a report is about, in intervals, and how many of the jobs were created in each.</summary>
internal sealed class ReportTimeline
{
    private const int MaxIntervals = 60;

    /// <summary>Lengths that a person can name.</summary>
    private static readonly TimeSpan[] s_steps =
    [
        .. new[] { 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800, 2592000 }
            .Select(seconds => TimeSpan.FromSeconds(seconds)),
    ];

    private ReportTimeline(DateTimeOffset start, DateTimeOffset end, TimeSpan step, int[][] counts)
    {
        Start = start;
        End = end;
        Step = step;
        Counts = counts;
    }

    /// <summary>When the first interval begins.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>When the last interval ends.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The length of an interval.</summary>
    public TimeSpan Step { get; }

    /// <summary>For each interval, the number of jobs that were created in it, by <see cref="JobOutcome"/>.</summary>
    public IReadOnlyList<int[]> Counts { get; }

    /// <summary>The timeline of a report; null if the store does not report when the jobs were created.</summary>
    public static ReportTimeline? Of(Report report)
    {
        ReportJob[] jobs = [.. report.Promotions.SelectMany(promotion => promotion.Jobs).Where(job => job.CreatedAt is not null)];
        if (jobs.Length == 0)
        {
            return null;
        }

        DateTimeOffset first = jobs.Min(job => job.CreatedAt)!.Value.ToUniversalTime();
        DateTimeOffset last = jobs.Max(job => job.UpdatedAt > job.CreatedAt ? job.UpdatedAt : job.CreatedAt)!.Value.ToUniversalTime();
        TimeSpan step = StepFor(first, last);
        DateTimeOffset start = StartOf(first, step);
        int[][] counts = [.. Enumerable.Range(0, (int)CountOf(first, last, step)).Select(_ => new int[4])];
        foreach (ReportJob job in jobs)
        {
            counts[(int)((job.CreatedAt!.Value - start).Ticks / step.Ticks)][(int)job.Outcome]++;
        }

        return new ReportTimeline(start, start + TimeSpan.FromTicks(step.Ticks * counts.Length), step, counts);
    }

    /// <summary>Where a time is, from 0 to 1.</summary>
    public double PositionOf(DateTimeOffset time) => Math.Min(1, Math.Max(0, (double)(time - Start).Ticks / (End - Start).Ticks));

    /// <summary>The shortest step with which the intervals are few enough. Of times that are years apart, it is a part of them.</summary>
    private static TimeSpan StepFor(DateTimeOffset first, DateTimeOffset last) =>
        s_steps.Where(step => CountOf(first, last, step) <= MaxIntervals).Cast<TimeSpan?>().FirstOrDefault()
        ?? TimeSpan.FromDays(Math.Ceiling((last - first).TotalDays / (MaxIntervals - 1)));

    private static long CountOf(DateTimeOffset first, DateTimeOffset last, TimeSpan step) => ((last - StartOf(first, step)).Ticks / step.Ticks) + 1;

    /// <summary>A round time, at or before the first one.</summary>
    private static DateTimeOffset StartOf(DateTimeOffset first, TimeSpan step) => new(first.Ticks - (first.Ticks % step.Ticks), TimeSpan.Zero);
}
