namespace EpPromo.Sandbox;

/// <summary>The statuses of a job (contract section 5).</summary>
public static class JobStatus
{
    /// <summary>Waiting for its turn.</summary>
    public const string Pending = "pending";

    /// <summary>At work.</summary>
    public const string Processing = "processing";

    /// <summary>Asked to stop, and not yet stopped.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Done.</summary>
    public const string Completed = "completed";

    /// <summary>Ended without doing its work; the job's error says why.</summary>
    public const string Failed = "failed";

    /// <summary>Stopped, and its codes deleted.</summary>
    public const string Cancelled = "cancelled";
}
