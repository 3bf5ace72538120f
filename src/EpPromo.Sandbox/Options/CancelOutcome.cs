namespace EpPromo.Sandbox;

/// <summary>The outcome of the race between a job and its cancellation (contract section 5).</summary>
public enum CancelOutcome
{
    /// <summary>The job is completed if it finishes before the cancellation takes effect; otherwise it is cancelled.</summary>
    FirstToFinish,

    /// <summary>The job is always cancelled.</summary>
    Cancelled,

    /// <summary>A job that has started is always completed, after it was "cancelling".</summary>
    Completed,
}
