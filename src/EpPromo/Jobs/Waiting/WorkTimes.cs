namespace EpPromo.Jobs.Waiting;

/// <summary>
/// How long the store works on jobs. A job reports its progress at most roughly, so the work on similar jobs that completed recently, on any
/// promotion, is the best estimate there is (api-contract.md section 5).
/// </summary>
internal sealed class WorkTimes
{
    /// <summary>How many samples are kept.</summary>
    private const int Capacity = 32;

    /// <summary>How many of the most recent similar jobs an estimate is made of.</summary>
    private const int SampleSize = 5;

    private readonly object _lock = new();
    private readonly Queue<WorkSample> _samples = new();

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<WorkSample> Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>
    /// Adds a sample. Once the work of a kind is known exactly, a time that may include the queue counts only if it is shorter: then the work
    /// has become faster. Otherwise many of them would push the exact ones out.
    /// </summary>
    public void Add(WorkSample sample)
    {
        lock (_lock)
        {
            bool isUncertain = !sample.IsExact && _samples.Any(known => known.IsExact && IsSimilar(known, sample));
            if (isUncertain && sample.Work >= Estimate(sample.JobType, sample.NumberOfCodes, _samples)?.Shortest)
            {
                return;
            }

            _samples.Enqueue(isUncertain ? sample with { IsExact = true } : sample);
            if (_samples.Count > Capacity)
            {
                _samples.Dequeue();
            }
        }
    }

    /// <summary>
    /// An estimate for a job, or null when <paramref name="samples"/> has no similar one. Jobs of the same size count before those of a
    /// similar size, and times that are exact before those that may include the queue.
    /// </summary>
    public static WorkEstimate? Estimate(string jobType, int? numberOfCodes, IEnumerable<WorkSample> samples)
    {
        List<WorkSample> similar = [.. samples.Where(sample => IsSimilar(jobType, numberOfCodes, sample.JobType, sample.NumberOfCodes))];
        similar = Prefer(similar, sample => sample.NumberOfCodes == numberOfCodes);
        similar = Prefer(similar, sample => sample.IsExact);
        List<TimeSpan> times =
        [
            .. similar.OrderByDescending(sample => sample.CreatedAt).Take(SampleSize).Select(sample => sample.Work).OrderBy(time => time),
        ];
        return times.Count == 0 ? null : new WorkEstimate(times[0], times[times.Count / 2], times[times.Count - 1]);
    }

    /// <summary>Whether two jobs take about as long: they are of one type, and neither size is more than twice the other.</summary>
    public static bool IsSimilar(string jobType, int? numberOfCodes, string otherType, int? otherNumberOfCodes) =>
        jobType == otherType && IsSimilarSize(numberOfCodes, otherNumberOfCodes);

    /// <summary>Whether neither size is more than twice the other; an unknown size is similar to any.</summary>
    public static bool IsSimilarSize(int? one, int? other) =>
        one is not { } size || other is not { } otherSize || (otherSize <= 2 * size && size <= 2 * otherSize);

    private static bool IsSimilar(WorkSample one, WorkSample other) =>
        IsSimilar(one.JobType, one.NumberOfCodes, other.JobType, other.NumberOfCodes);

    private static List<WorkSample> Prefer(List<WorkSample> samples, Predicate<WorkSample> isPreferred) =>
        samples.Exists(isPreferred) ? samples.FindAll(isPreferred) : samples;
}
