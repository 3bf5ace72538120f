namespace EpPromo.Sandbox;

/// <summary>Who wins the race between a job and its cancellation (contract section 5).</summary>
public enum CancelOutcome
{
    /// <summary>The job, if it ends before the cancellation bites; else the cancellation.</summary>
    FirstToFinish,

    /// <summary>Always the cancellation.</summary>
    Cancelled,

    /// <summary>Always the job, if it had begun: it goes through "cancelling" and ends completed.</summary>
    Completed,
}
