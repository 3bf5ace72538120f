namespace EpPromo.Runs.Execution;

/// <summary>
/// What a run does on one promotion. In most phases the run may also have yielded (<see cref="RunState.IsYielded"/>), and it may have
/// ended in any of them (<see cref="RunState.IsEnded"/>): the phase then says where.
/// </summary>
internal enum RunPhase
{
    /// <summary>It has not started: it waits for its turn under the concurrency limit.</summary>
    Pending,

    /// <summary>It reads the job list, to resume what earlier sessions have done.</summary>
    FindingJobs,

    /// <summary>It creates the job of the next batch. Until the store has responded, the job is not known.</summary>
    CreatingJob,

    /// <summary>It waits until a job of the run has ended: <see cref="RunState.ActiveJob"/>.</summary>
    WaitingForJob,

    /// <summary>It waits until a job that blocks its own has ended: another runner's, or one of no run.</summary>
    WaitingForOtherJob,

    /// <summary>It waits until the list must show the jobs whose batch numbers are missing.</summary>
    WaitingForMissingJobs,

    /// <summary>It waits until a completed job reports how many codes it generated.</summary>
    WaitingForCount,

    /// <summary>It reads the list after batches that generated nothing: another runner may have generated the codes.</summary>
    CheckingEmptyBatches,

    /// <summary>Nothing is missing. It makes sure that the list hides no job of another runner.</summary>
    VerifyingComplete,

    /// <summary>It deletes the codes beyond the requested count.</summary>
    DeletingSurplus,

    /// <summary>All codes are generated, and it exports them.</summary>
    Exporting,
}
