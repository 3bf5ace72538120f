namespace EpPromo.Jobs.Waiting;

/// <summary>
/// What one poll of a promotion's job list showed. Built once for all jobs that are watched there, of which there may be as many as the list
/// is long.
/// </summary>
internal sealed class PollResult
{
    private readonly Dictionary<string, PromotionJob> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string JobType, int? NumberOfCodes), WorkEstimate?> _estimates = [];
    private readonly IReadOnlyList<WorkSample> _samples;

    /// <summary>The result of a poll.</summary>
    /// <param name="jobs">The jobs read; of two records of one job the later one counts.</param>
    /// <param name="listError">Why <paramref name="jobs"/> is not the whole list, or null when it is as much of it as was needed.</param>
    /// <param name="samples">How long the work on jobs took that were watched, on any promotion.</param>
    /// <param name="requestedAt">When the list was requested: it may show nothing that happened later.</param>
    /// <param name="serverTime">The same, by the store's clock.</param>
    public PollResult(
        List<PromotionJob> jobs,
        EpPromoException? listError,
        IReadOnlyList<WorkSample> samples,
        DateTimeOffset requestedAt,
        DateTimeOffset serverTime)
    {
        Jobs = jobs;
        ListError = listError;
        RequestedAt = requestedAt;
        ServerTime = serverTime;
        _samples = samples;
        foreach (PromotionJob job in jobs)
        {
            _byId[job.JobId] = job;
        }
    }

    /// <summary>The jobs read.</summary>
    public List<PromotionJob> Jobs { get; }

    /// <summary>Why a job that was not read may exist all the same, or null.</summary>
    public EpPromoException? ListError { get; }

    /// <summary>When the list was requested.</summary>
    public DateTimeOffset RequestedAt { get; }

    /// <summary>When the list was requested, by the store's clock.</summary>
    public DateTimeOffset ServerTime { get; }

    /// <summary>The job with an id, or null.</summary>
    public PromotionJob? Find(string jobId) => _byId.TryGetValue(jobId, out PromotionJob? job) ? job : null;

    /// <summary>How long the store works on such a job, or null when no similar job has completed.</summary>
    public WorkEstimate? Estimate(PromotionJob job)
    {
        if (!_estimates.TryGetValue((job.JobType, job.NumberOfCodes), out WorkEstimate? estimate))
        {
            estimate = WorkTimes.Estimate(job.JobType, job.NumberOfCodes, WorkSample.Of(Jobs).Concat(_samples));
            _estimates.Add((job.JobType, job.NumberOfCodes), estimate);
        }

        return estimate;
    }
}
