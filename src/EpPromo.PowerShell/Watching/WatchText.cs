using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Watching;
using EpPromo.Text;

namespace EpPromo.PowerShell.Watching;

/// <summary>What a watch says in words.</summary>
internal static class WatchText
{
    /// <summary>How far a run is.</summary>
    public static string Of(PromotionRun run) => MessageText.Of(
        SR.ProgressWatchedRun,
        DisplayText.Clean(run.Name),
        run.Status,
        run.Requested is { } requested ? MessageText.Of(SR.ProgressWatchedCodes, run.Generated, requested)
            : run.MaxRequested is { } most ? MessageText.Of(SR.ProgressWatchedCodesAtMost, run.Generated, most)
            : MessageText.Of(SR.ProgressWatchedCodesUnknown, run.Generated),
        run.Promotions,
        run.Status == RunStatuses.Processing
            ? MessageText.Of(SR.ProgressWatchedActive, run.Parts.Count(part => part.Status == RunStatuses.Processing))
            : "",
        Error(run.Error));

    /// <summary>How far a job is.</summary>
    public static string Of(PromotionJob job) => MessageText.Of(
        SR.ProgressWatchedJob,
        DisplayText.Clean(job.Name.Length > 0 ? job.Name : job.JobId),
        new PromotionIdentity(job.PromotionId, job.PromotionName, null),
        job.Status,
        job.NumberOfCodes is { } requested ? MessageText.Of(SR.ProgressWatchedJobCodes, job.Generated ?? 0, requested) : "",
        Error(job.Error));

    /// <summary>How much is open.</summary>
    public static string Status(WatchSnapshot snapshot) => MessageText.Of(
        snapshot.IsAnyOpen ? SR.ProgressWatchStatus : SR.ProgressWatchLast,
        snapshot.Time.LocalDateTime,
        snapshot.OpenRuns.Count,
        snapshot.ActiveJobs.Count);

    private static string Error(string? error) => error is null ? "" : MessageText.Of(SR.ProgressWatchedError, DisplayText.Clean(error));
}
