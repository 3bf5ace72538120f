using EpPromo.Runs.Execution;
using EpPromo.Text;

namespace EpPromo.Runs.Progress;

/// <summary>Describes the state of a run, in the words of <c>SR.resx</c>.</summary>
internal static class RunStatusText
{
    /// <summary>What the run is doing, for its progress bar; empty before it has started. Can be called on any thread.</summary>
    public static string ForProgress(RunState run) => run.Phase switch
    {
        RunPhase.FindingJobs => SR.ProgressPhaseFindingJobs,
        RunPhase.CreatingJob => SR.ProgressPhaseCreatingJob,
        RunPhase.WaitingForJob => run.ActiveJob is { } job && BatchName.Parse(run.Request.Name, job.Name) is { } batch
            ? MessageText.Of(SR.ProgressPhaseWaitingForBatch, batch.Number, batch.Planned)
            : SR.ProgressPhaseWaitingForJob,
        RunPhase.WaitingForOtherJob => SR.ProgressPhaseWaitingForOtherJob,
        RunPhase.WaitingForMissingJobs => SR.ProgressPhaseWaitingForMissingJobs,
        RunPhase.WaitingForCount => SR.ProgressPhaseWaitingForCount,
        RunPhase.CheckingEmptyBatches => SR.ProgressPhaseCheckingEmptyBatches,
        RunPhase.VerifyingComplete => SR.ProgressPhaseVerifyingComplete,
        RunPhase.DeletingSurplus => SR.ProgressPhaseDeletingSurplus,
        RunPhase.Exporting => SR.ProgressPhaseExporting,
        _ => "",
    };

    /// <summary>How far the run got, as the end of the message that it did not end in time.</summary>
    public static string ForTimeout(RunState run) =>
        run.FinalCount is { } all ? MessageText.Of(SR.DetailFileNotWritten, all)
        : run.Phase == RunPhase.Pending ? SR.DetailRunNotStarted
        : !run.IsCounted ? SR.DetailCodesNotCounted
        : MessageText.Of(SR.DetailCodesSoFar, run.Generated, run.Request.Count);
}
