namespace EpPromo.Jobs.Waiting;

/// <summary>How far a waiting has come.</summary>
internal sealed record WaitProgress
{
    /// <summary>How many jobs are waited for in all.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them have ended.</summary>
    public required int Finished { get; init; }

    /// <summary>How much is done, from 0 to 1; jobs at work count by the time such jobs take.</summary>
    public required double Fraction { get; init; }

    /// <summary>How long the rest will take, or null while that is not known.</summary>
    public required TimeSpan? Remaining { get; init; }

    /// <summary>How many jobs stand in which status, as last seen: "2 pending, 3 processing".</summary>
    public required string Statuses { get; init; }

    internal static WaitProgress Of(
        IEnumerable<WatchedJob> open, DateTimeOffset now, DateTimeOffset serverNow, int finished, int total)
    {
        double done = finished;
        TimeSpan? remaining = null;
        SortedDictionary<string, int> statuses = new(StringComparer.Ordinal);
        foreach (WatchedJob job in open)
        {
            string status = job.Job?.Status ?? JobStatuses.Pending;
            statuses[status] = statuses.TryGetValue(status, out int count) ? count + 1 : 1;
            if (job.Estimate is { Ticks: > 0 } estimate)
            {
                TimeSpan waited = job.Waited(now, serverNow);
                done += Math.Min(0.99, (double)waited.Ticks / estimate.Ticks);
                TimeSpan left = estimate > waited ? estimate - waited : TimeSpan.Zero;
                remaining = remaining > left ? remaining : left;
            }
        }

        return new WaitProgress
        {
            Total = total,
            Finished = finished,
            Fraction = total == 0 ? 0 : Math.Min(1, done / total),
            Remaining = remaining,
            Statuses = string.Join(", ", statuses.Select(status => $"{status.Value} {status.Key}")),
        };
    }
}
