namespace EpPromo.Runs.Watching;

/// <summary>The job list of one promotion, as a watch has read it last.</summary>
internal sealed class WatchedJobList
{
    /// <summary>A list that has not been read.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="isWanted">Whether a run of this name is watched; null to watch all runs, and the jobs that belong to no run.</param>
    public WatchedJobList(string promotionId, Func<string, bool>? isWanted)
    {
        PromotionId = promotionId;
        IsWanted = isWanted;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; }

    /// <summary>Whether a run of this name is watched; null if all runs are, and the jobs that belong to no run.</summary>
    public Func<string, bool>? IsWanted { get; }

    /// <summary>How many requests it takes to read the list.</summary>
    public int Requests { get; private set; } = 1;

    /// <summary>When the list was read, by the clock of this machine; null before.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>What the watched runs have on this promotion.</summary>
    public IReadOnlyList<CodeRun> Parts { get; private set; } = [];

    /// <summary>The jobs that are watched.</summary>
    public IReadOnlyList<PromotionJob> Jobs { get; private set; } = [];

    /// <summary>Whether a job is watched.</summary>
    public bool Contains(PromotionJob job) => IsWanted is null || (RunFinder.RunOf(job) is { } run && IsWanted(run));

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
