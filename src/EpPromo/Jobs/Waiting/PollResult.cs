namespace EpPromo.Jobs.Waiting;

/// <summary>
/// What one look at a promotion's list has shown. Made once for all jobs that are waited for there, of which there may be as many as the
/// list is long.
/// </summary>
internal sealed class PollResult
{
    private readonly Dictionary<string, PromotionJob> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string JobType, int? NumberOfCodes), TimeSpan?> _estimates = [];
    private readonly PromotionJob[] _elsewhere;

    /// <summary>A look.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="seen">What its list held; of two records of one job the later one counts.</param>
    /// <param name="recent">Jobs that have ended lately, on any promotion.</param>
    /// <param name="asked">When the list was asked for: it may show nothing later than that.</param>
    /// <param name="unusable">Why what was seen is not the whole list, or null when it is as much of it as was needed.</param>
    public PollResult(
        string promotionId, List<PromotionJob> seen, IEnumerable<PromotionJob> recent, DateTimeOffset asked, EpPromoException? unusable)
    {
        Unusable = unusable;
        Seen = seen;
        Asked = asked;
        _elsewhere = [.. recent.Where(job => job.PromotionId != promotionId)];
        foreach (PromotionJob job in seen)
        {
            _byId[job.JobId] = job;
        }
    }

    /// <summary>What the list held.</summary>
    public List<PromotionJob> Seen { get; }

    /// <summary>Why a job that was not seen may be there all the same, or null.</summary>
    public EpPromoException? Unusable { get; }

    /// <summary>When the list was asked for.</summary>
    public DateTimeOffset Asked { get; }

    /// <summary>The job with an id, or null.</summary>
    public PromotionJob? Find(string jobId) => _byId.TryGetValue(jobId, out PromotionJob? job) ? job : null;

    /// <summary>How long such a job takes, or null.</summary>
    public TimeSpan? EstimateFor(PromotionJob job)
    {
        if (!_estimates.TryGetValue((job.JobType, job.NumberOfCodes), out TimeSpan? estimate))
        {
            estimate = DurationEstimate.For(job, Seen.Concat(_elsewhere));
            _estimates.Add((job.JobType, job.NumberOfCodes), estimate);
        }

        return estimate;
    }
}
