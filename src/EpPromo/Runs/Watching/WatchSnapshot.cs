namespace EpPromo.Runs.Watching;

/// <summary>What a watch knows at one moment.</summary>
/// <param name="Time">When it was known, by the clock of this machine.</param>
/// <param name="Runs">The runs to show, the newest first: those that are open, or were open earlier in the watch, or were asked for.</param>
/// <param name="OpenRuns">Those of them that are open.</param>
/// <param name="Jobs">The jobs to show that belong to no run: those that are active, or were active earlier in the watch.</param>
/// <param name="ActiveJobs">All active jobs, also those of runs.</param>
/// <param name="UnreadPromotions">How many promotions have not been read at all.</param>
internal sealed record WatchSnapshot(
    DateTimeOffset Time,
    IReadOnlyList<PromotionRun> Runs,
    IReadOnlyList<PromotionRun> OpenRuns,
    IReadOnlyList<PromotionJob> Jobs,
    IReadOnlyList<PromotionJob> ActiveJobs,
    int UnreadPromotions)
{
    /// <summary>Whether a run or a job is open.</summary>
    public bool IsAnyOpen => OpenRuns.Count > 0 || ActiveJobs.Count > 0;

    /// <summary>What the watches of several stores know together.</summary>
    public static WatchSnapshot Of(IReadOnlyCollection<WatchSnapshot> stores) => new(
        stores.Max(store => store.Time),
        [.. stores.SelectMany(store => store.Runs).OrderByDescending(run => run.Started)],
        [.. stores.SelectMany(store => store.OpenRuns).OrderByDescending(run => run.Started)],
        [.. stores.SelectMany(store => store.Jobs)],
        [.. stores.SelectMany(store => store.ActiveJobs)],
        stores.Sum(store => store.UnreadPromotions));
}
