namespace EpPromo.Jobs.Waiting;

/// <summary>
/// How long jobs take. The API reports no progress, so the duration of similar jobs that completed recently, on any promotion, is the only
/// estimate there is (api-contract.md section 5).
/// </summary>
internal sealed class JobDurations
{
    /// <summary>How many completed jobs are kept.</summary>
    private const int Capacity = 16;

    /// <summary>How many of the most recent similar jobs an estimate is the median of.</summary>
    private const int SampleSize = 5;

    private readonly object _lock = new();
    private readonly Queue<PromotionJob> _completed = new();

    /// <summary>The completed jobs, oldest first.</summary>
    public IReadOnlyList<PromotionJob> Completed
    {
        get
        {
            lock (_lock)
            {
                return [.. _completed];
            }
        }
    }

    /// <summary>Adds a finished job. Only a completed one is kept: how long a failed one took says nothing.</summary>
    public void Add(PromotionJob job)
    {
        if (!JobStatuses.IsCompleted(job.Status))
        {
            return;
        }

        lock (_lock)
        {
            _completed.Enqueue(job);
            if (_completed.Count > Capacity)
            {
                _completed.Dequeue();
            }
        }
    }

    /// <summary>
    /// The median duration of the most recent completed jobs in <paramref name="others"/> of the same type and a similar size, or null when
    /// there are none. Time in the queue is included, because the next job will queue as well.
    /// </summary>
    public static TimeSpan? Estimate(PromotionJob job, IEnumerable<PromotionJob> others) =>
        Estimate(job.JobType, job.NumberOfCodes, others);

    /// <summary>The same for a job that does not exist yet.</summary>
    public static TimeSpan? Estimate(string jobType, int? numberOfCodes, IEnumerable<PromotionJob> others)
    {
        List<TimeSpan> durations = others
            .Where(other => JobStatuses.IsCompleted(other.Status) && IsSimilar(jobType, numberOfCodes, other))
            .OrderByDescending(other => other.CreatedAt)
            .Select(other => other.Duration)
            .OfType<TimeSpan>()
            .Take(SampleSize)
            .OrderBy(duration => duration)
            .ToList();
        return durations.Count == 0 ? null : durations[durations.Count / 2];
    }

    /// <summary>Whether a job of this type and size takes about as long as <paramref name="other"/>.</summary>
    public static bool IsSimilar(string jobType, int? numberOfCodes, PromotionJob other) =>
        other.JobType == jobType && IsSimilarSize(numberOfCodes, other.NumberOfCodes);

    /// <summary>Whether neither size is more than twice the other; an unknown size is similar to any.</summary>
    public static bool IsSimilarSize(int? one, int? other) =>
        one is not { } size || other is not { } otherSize || (otherSize <= 2 * size && size <= 2 * otherSize);
}
