namespace EpPromo.Sandbox;

/// <summary>A snapshot of a job (contract section 5).</summary>
public sealed record SandboxJob
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>The promotion it belongs to.</summary>
    public required string PromotionId { get; init; }

    /// <summary>Whether the promotion is one of Promotions Standard.</summary>
    public bool IsStandard { get; init; }

    /// <summary>What the job is to do.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>pending, processing, cancelling, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public string? Error { get; init; }

    /// <summary>The number of codes that it made; null until it has finished, and for an export.</summary>
    public int? Generated { get; init; }

    /// <summary>The number of those codes that its cancellation deleted; null when <see cref="Generated"/> is.</summary>
    public int? Deleted { get; init; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its status last changed, by the server's clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it is pending or processing. A promotion has at most one such job.</summary>
    public bool IsActive => Status is JobStatus.Pending or JobStatus.Processing;

    /// <summary>Whether it is completed, failed or cancelled, and so no longer changes.</summary>
    public bool IsFinished => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
