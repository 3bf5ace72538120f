using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>A snapshot of how far the waits have come.</summary>
internal sealed record WaitProgress
{
    /// <summary>How many promotions are named.</summary>
    private const int MaxPromotions = 3;

    /// <summary>How many jobs are waited for in total.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them have ended.</summary>
    public required int Finished { get; init; }

    /// <summary>The share done, from 0 to 1; a job counts by how long the store has worked on it against the time that such jobs take.</summary>
    public required double Fraction { get; init; }

    /// <summary>How long the others will take, or null while there is no estimate.</summary>
    public required TimeSpan? Remaining { get; init; }

    /// <summary>The names of the first promotions of these jobs, as far as they are known: "Summer Sale, Black Friday, …".</summary>
    public required string Promotions { get; init; }

    /// <summary>How many jobs have which status, as observed last: "2 pending, 3 processing".</summary>
    public required string Statuses { get; init; }

    /// <summary>A snapshot.</summary>
    /// <param name="open">The jobs that have not ended.</param>
    /// <param name="workAge">Callback: how long the store can have worked on a job.</param>
    /// <param name="finished">How many jobs have ended.</param>
    /// <param name="total">How many jobs are waited for in total.</param>
    internal static WaitProgress Of(IEnumerable<WatchedJob> open, Func<WatchedJob, TimeSpan> workAge, int finished, int total)
    {
        double done = finished;
        TimeSpan? remaining = null;
        List<string> promotions = [];
        SortedDictionary<string, int> statuses = new(StringComparer.Ordinal);
        foreach (WatchedJob job in open)
        {
            string status = job.Job?.Status ?? JobStatuses.Pending;
            statuses[status] = statuses.TryGetValue(status, out int count) ? count + 1 : 1;
            if (promotions.Count <= MaxPromotions && job.Job?.PromotionName is { Length: > 0 } name && !promotions.Contains(name))
            {
                promotions.Add(name);
            }

            if (job.Estimate is { Typical.Ticks: > 0 } estimate)
            {
                TimeSpan age = workAge(job).AtLeast(TimeSpan.Zero);
                done += Math.Min(0.99, (double)age.Ticks / estimate.Typical.Ticks);
                TimeSpan left = (estimate.Typical - age).AtLeast(TimeSpan.Zero);
                remaining = remaining > left ? remaining : left;
            }
        }

        return new WaitProgress
        {
            Total = total,
            Finished = finished,
            Fraction = total == 0 ? 0 : Math.Min(1, done / total),
            Remaining = remaining,
            Promotions = string.Join(", ", promotions.Take(MaxPromotions)) + (promotions.Count > MaxPromotions ? ", …" : ""),
            Statuses = string.Join(", ", statuses.Select(status => $"{status.Value} {status.Key}")),
        };
    }
}
