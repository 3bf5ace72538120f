namespace EpPromo.Jobs.Waiting;

/// <summary>How long a job will take, learned from the finished jobs that every list brings along.</summary>
internal static class DurationEstimate
{
    private const int Sample = 5;

    /// <summary>
    /// The median of the last completed jobs of the same type and about the same size, or null when there are none. A time in
    /// the queue is part of it, since the next job will queue as well.
    /// </summary>
    public static TimeSpan? For(PromotionJob job, IEnumerable<PromotionJob> others) => For(job.JobType, job.NumberOfCodes, others);

    /// <summary>The same for a job that has not been created yet.</summary>
    public static TimeSpan? For(string jobType, int? numberOfCodes, IEnumerable<PromotionJob> others)
    {
        List<TimeSpan> durations = others
            .Where(other => JobStatuses.IsCompleted(other.Status) && IsOfKind(jobType, numberOfCodes, other))
            .OrderByDescending(other => other.CreatedAt)
            .Select(other => other.Duration)
            .OfType<TimeSpan>()
            .Take(Sample)
            .OrderBy(duration => duration)
            .ToList();
        return durations.Count == 0 ? null : durations[durations.Count / 2];
    }

    /// <summary>Whether a job of that type and size takes about as long as <paramref name="other"/>.</summary>
    internal static bool IsOfKind(string jobType, int? numberOfCodes, PromotionJob other) =>
        other.JobType == jobType && SimilarSize(numberOfCodes, other.NumberOfCodes);

    /// <summary>Whether one job tells about how long the other one takes.</summary>
    internal static bool SimilarSize(int? one, int? other) =>
        one is not { } size || other is not { } otherSize || (otherSize <= 2 * size && size <= 2 * otherSize);
}
