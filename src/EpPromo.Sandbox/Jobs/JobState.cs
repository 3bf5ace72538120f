using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Jobs;

/// <summary>
/// A job and the times at which its status changes. A snapshot follows from these times and the time it is taken for, so a
/// lagging list needs no second copy of the jobs. Guarded by the lock of <see cref="StoreState"/>.
/// </summary>
internal sealed class JobState(
    string id,
    PromotionState promotion,
    JobSpec spec,
    CodeGenerator generator,
    ForcedJobOutcome? forcedOutcome,
    DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public PromotionState Promotion { get; } = promotion;

    public JobSpec Spec { get; } = spec;

    /// <summary>Each job has its own generator, so that its codes do not depend on jobs that run at the same time.</summary>
    public CodeGenerator Generator { get; } = generator;

    public CodeTerms Terms { get; } = new()
    {
        Uses = spec.MaxUsesPerCode,
        ConsumeUnit = spec.ConsumeUnit ?? promotion.Variant.DefaultConsumeUnit,
    };

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CancellingAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When it is due to finish; null while it is pending.</summary>
    public DateTimeOffset? FinishesAt { get; set; }

    /// <summary>The status that it will finish with, or has finished with.</summary>
    public string Outcome { get; set; } = forcedOutcome is { Fails: true } ? JobStatus.Failed : JobStatus.Completed;

    public string? Error { get; set; } = forcedOutcome is { Fails: true } ? "internal error" : null;

    /// <summary>How many codes it makes if it is not cancelled.</summary>
    public int Target { get; set; } = forcedOutcome?.Codes ?? spec.NumberOfCodes ?? 0;

    public int Generated { get; set; }

    public int Deleted { get; set; }

    /// <summary>The file of an export; null for other jobs and until the export has completed.</summary>
    public CsvExport? File { get; set; }

    public bool IsFinished => FinishedAt is not null;

    /// <summary>Pending or processing.</summary>
    public bool IsActive => FinishedAt is null && CancellingAt is null;

    /// <summary>The job as the API shows it at a given time.</summary>
    public SandboxJob Snapshot(DateTimeOffset asOf)
    {
        (string status, DateTimeOffset since) = StatusAt(asOf);
        bool hasCounts = Spec.Generates && FinishedAt <= asOf;
        return new SandboxJob
        {
            Id = Id,
            PromotionId = Promotion.Id,
            IsStandard = Promotion.Resource.IsStandard,
            Spec = Spec,
            Status = status,
            Error = status == JobStatus.Failed ? Error : null,
            Generated = hasCounts ? Generated : null,
            Deleted = hasCounts ? Deleted : null,
            CreatedAt = CreatedAt,
            UpdatedAt = since,
        };
    }

    /// <summary>The status at a given time, and since when.</summary>
    public (string Status, DateTimeOffset Since) StatusAt(DateTimeOffset asOf)
    {
        if (FinishedAt <= asOf)
        {
            return (Outcome, FinishedAt.Value);
        }

        if (CancellingAt <= asOf)
        {
            return (JobStatus.Cancelling, CancellingAt.Value);
        }

        return StartedAt <= asOf ? (JobStatus.Processing, StartedAt.Value) : (JobStatus.Pending, CreatedAt);
    }
}
