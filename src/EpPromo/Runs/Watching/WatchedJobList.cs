using EpPromo.Runs.Finding;

namespace EpPromo.Runs.Watching;

/// <summary>The job list of one promotion, as a watch has read it last.</summary>
internal sealed class WatchedJobList
{
    private readonly HashSet<string> _openedJobs = new(StringComparer.Ordinal);

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

    /// <summary>When the list was read, or a read failed, by the clock of this machine; null before.</summary>
    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>Whether the list has been read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Why the last read failed; null if it did not.</summary>
    public EpPromoException? Error { get; private set; }

    /// <summary>What the watched runs have on this promotion.</summary>
    public IReadOnlyList<CodeRun> Parts { get; private set; } = [];

    /// <summary>The watched jobs that are active, or were active earlier in the watch.</summary>
    public IReadOnlyList<PromotionJob> Jobs { get; private set; } = [];

    /// <summary>Whether a job is watched.</summary>
    public bool Contains(PromotionJob job) => IsWanted is null || (RunFinder.RunOf(job) is { } run && IsWanted(run));

    /// <summary>The list has been read.</summary>
    /// <param name="jobs">The jobs of the list that are watched.</param>
    /// <param name="requests">How many requests it took.</param>
    /// <param name="now">The current time.</param>
    public void Update(IReadOnlyCollection<PromotionJob> jobs, int requests, DateTimeOffset now)
    {
        // Of the others, a store can have very many.
        _openedJobs.UnionWith(jobs.Where(job => !job.IsFinished).Select(job => job.JobId));
        Jobs = [.. jobs.Where(job => _openedJobs.Contains(job.JobId))];
        Parts = RunFinder.PartsOf(PromotionId, jobs);
        Requests = requests;
        TriedAt = now;
        IsRead = true;
        Error = null;
    }

    /// <summary>A read has failed. What is known of the list stays.</summary>
    /// <param name="error">Why.</param>
    /// <param name="now">The current time.</param>
    public void Fail(EpPromoException error, DateTimeOffset now)
    {
        TriedAt = now;
        Error = error;
    }

    /// <summary>Stops watching the promotion: it no longer exists.</summary>
    public void Clear() => (Jobs, Parts) = ([], []);
}
