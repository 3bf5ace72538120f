namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>How many jobs were created when, for several ranges of time.</summary>
/// <param name="Ranges">The ranges, shortest first.</param>
internal sealed record Timeline(IReadOnlyList<TimelineRange> Ranges);

/// <summary>The jobs of a range of time that ends now.</summary>
/// <param name="Seconds">The length of the range.</param>
/// <param name="Step">The length of the intervals that it is divided into, in seconds.</param>
/// <param name="Jobs">How many jobs were created in it.</param>
/// <param name="Intervals">The intervals in which jobs were created, in order.</param>
internal sealed record TimelineRange(long Seconds, long Step, int Jobs, IReadOnlyList<TimelineInterval> Intervals);

/// <summary>The jobs that were created in an interval, by what has become of them.</summary>
/// <param name="At">When the interval starts.</param>
internal sealed record TimelineInterval(DateTimeOffset At)
{
    public int Completed { get; set; }

    public int Failed { get; set; }

    public int Cancelled { get; set; }

    public int Unfinished { get; set; }
}
