namespace EpPromo.Runs.Watching;

/// <summary>The job list of one promotion, as a watch has read it last.</summary>
internal sealed class WatchedJobList
{
    /// <summary>A list that has not been read.</summary>
    public WatchedJobList(string promotionId) => PromotionId = promotionId;

    /// <summary>The promotion.</summary>
    public string PromotionId { get; }

    /// <summary>How many requests it takes to read the list.</summary>
    public int Requests { get; private set; } = 1;

    /// <summary>When the list was read, by the clock of this machine; null before.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>What the watched runs have on this promotion.</summary>
    public IReadOnlyList<CodeRun> Parts { get; private set; } = [];

    /// <summary>The jobs that are watched: those of the watched runs and, if all is watched, those of no run.</summary>
    public IReadOnlyList<PromotionJob> Jobs { get; private set; } = [];

    /// <summary>The list has been read.</summary>
    /// <param name="jobs">The jobs that are watched.</param>
    /// <param name="requests">How many requests it took.</param>
    /// <param name="now">The current time.</param>
    public void Update(IReadOnlyList<PromotionJob> jobs, int requests, DateTimeOffset now)
    {
        Jobs = jobs;
        Parts = RunFinder.PartsOf(PromotionId, jobs);
        Requests = requests;
        ReadAt = now;
    }
}
