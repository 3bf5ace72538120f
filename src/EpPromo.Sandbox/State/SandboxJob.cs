namespace EpPromo.Sandbox;

/// <summary>A job as it was when it was asked for (contract section 5).</summary>
public sealed record SandboxJob
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>The promotion it belongs to.</summary>
    public required string PromotionId { get; init; }

    /// <summary>What was asked for.</summary>
    public required JobSpec Spec { get; init; }

    /// <summary>pending, processing, cancelling, completed, failed or cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public string? Error { get; init; }

    /// <summary>How many codes it made; null until it has ended, and for an export.</summary>
    public int? Generated { get; init; }

    /// <summary>How many of those its cancellation deleted; null as <see cref="Generated"/>.</summary>
    public int? Deleted { get; init; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its status last changed, by the server's clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it is pending or processing: of these a promotion has one at most.</summary>
    public bool IsActive => Status is JobStatus.Pending or JobStatus.Processing;

    /// <summary>Whether nothing will change any more.</summary>
    public bool IsEnded => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
