namespace EpPromo.Sandbox.State;

/// <summary>
/// A job and the moments of its life. What is shown of it follows from these and from the moment it is looked at from, so
/// a list that lags needs no second copy. The store's lock guards it.
/// </summary>
internal sealed class JobState(
    string id, PromotionState promotion, JobSpec spec, CodeGenerator generator, JobFate? fate, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public PromotionState Promotion { get; } = promotion;

    public JobSpec Spec { get; } = spec;

    /// <summary>Its own, so that what a job makes does not depend on what other jobs make meanwhile.</summary>
    public CodeGenerator Generator { get; } = generator;

    public CodeTerms Terms { get; } = new()
    {
        Uses = spec.MaxUsesPerCode,
        ConsumeUnit = spec.ConsumeUnit ?? CodeTerms.DefaultConsumeUnit,
    };

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CancellingAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When it will end as things stand; null while it is pending.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>How it will end, or has ended.</summary>
    public string Outcome { get; set; } = fate is { Fails: true } ? JobStatus.Failed : JobStatus.Completed;

    public string? Error { get; set; } = fate is { Fails: true } ? "internal error" : null;

    /// <summary>How many codes it will make if nobody cancels it.</summary>
    public int Target { get; set; } = fate?.Codes ?? spec.NumberOfCodes ?? 0;

    public int Generated { get; set; }

    public int Deleted { get; set; }

    /// <summary>What an export found; null for other jobs and until it has completed.</summary>
    public ExportFile? File { get; set; }

    public bool IsEnded => EndedAt is not null;

    /// <summary>Pending or processing.</summary>
    public bool IsActive => EndedAt is null && CancellingAt is null;

    public SandboxJob Snapshot(DateTimeOffset asOf)
    {
        (string status, DateTimeOffset since) = StatusAt(asOf);
        bool counted = Spec.Generates && EndedAt <= asOf;
        return new SandboxJob
        {
            Id = Id,
            PromotionId = Promotion.Id,
            Spec = Spec,
            Status = status,
            Error = status == JobStatus.Failed ? Error : null,
            Generated = counted ? Generated : null,
            Deleted = counted ? Deleted : null,
            CreatedAt = CreatedAt,
            UpdatedAt = since,
        };
    }

    private (string Status, DateTimeOffset Since) StatusAt(DateTimeOffset asOf)
    {
        if (EndedAt <= asOf)
        {
            return (Outcome, EndedAt.Value);
        }

        if (CancellingAt <= asOf)
        {
            return (JobStatus.Cancelling, CancellingAt.Value);
        }

        return StartedAt <= asOf ? (JobStatus.Processing, StartedAt.Value) : (JobStatus.Pending, CreatedAt);
    }
}
