namespace EpPromo.Sandbox;

/// <summary>The statuses of a job (contract section 5).</summary>
public static class JobStatus
{
    /// <summary>Queued.</summary>
    public const string Pending = "pending";

    /// <summary>Running.</summary>
    public const string Processing = "processing";

    /// <summary>Cancellation was requested and has not taken effect yet.</summary>
    public const string Cancelling = "cancelling";

    /// <summary>Finished successfully.</summary>
    public const string Completed = "completed";

    /// <summary>Finished unsuccessfully; the job's error says why.</summary>
    public const string Failed = "failed";

    /// <summary>Cancelled; its codes are deleted unless <see cref="SandboxOptions.KeepCodesOfCancelledJobs"/> keeps them.</summary>
    public const string Cancelled = "cancelled";
}
