using EpPromo.Api;

namespace EpPromo;

/// <summary>A promotion job as the store last returned it (api-contract.md section 5).</summary>
public sealed class PromotionJob
{
    internal PromotionJob()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal PromotionJob(PromotionJob job)
    {
        JobId = job.JobId;
        PromotionId = job.PromotionId;
        PromotionName = job.PromotionName;
        Origin = job.Origin;
        JobType = job.JobType;
        Name = job.Name;
        Status = job.Status;
        NumberOfCodes = job.NumberOfCodes;
        Generated = job.Generated;
        Deleted = job.Deleted;
        CodePrefix = job.CodePrefix;
        CodeLength = job.CodeLength;
        MaxUsesPerCode = job.MaxUsesPerCode;
        ConsumeUnit = job.ConsumeUnit;
        Error = job.Error;
        CreatedAt = job.CreatedAt;
        UpdatedAt = job.UpdatedAt;
    }

    /// <summary>The job's id; binds to every <c>-JobId</c>.</summary>
    public string JobId { get; internal init; } = "";

    /// <summary>The id of the promotion it belongs to; binds to every <c>-Promotion</c>.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The name of that promotion, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary><c>code_generate</c>, <c>code_export</c>, or a word that this version does not know (<see cref="JobTypes"/>).</summary>
    public string JobType { get; internal init; } = "";

    /// <summary>The job's name, empty if it has none.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The status in the API's own word (<see cref="JobStatuses"/>), even if this version does not know it.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>How many codes were requested, or null for an export.</summary>
    public int? NumberOfCodes { get; internal init; }

    /// <summary>How many codes the job has generated, or null while the store does not report it.</summary>
    public int? Generated { get; internal init; }

    /// <summary>How many codes a cancellation has deleted, or null.</summary>
    public int? Deleted { get; internal init; }

    /// <summary>The text that each code starts with, or null.</summary>
    public string? CodePrefix { get; internal init; }

    /// <summary>The number of generated characters in a code, or null.</summary>
    public int? CodeLength { get; internal init; }

    /// <summary>How often each code can be used, or null for no limit.</summary>
    public int? MaxUsesPerCode { get; internal init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; internal init; }

    /// <summary>Why the job failed, or null.</summary>
    public string? Error { get; internal init; }

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>When it last changed, by the server's clock, or null.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>Whether the status is final.</summary>
    public bool IsFinished => JobStatuses.IsFinished(Status);

    /// <summary>From creation to the last change, or null while either is unknown.</summary>
    public TimeSpan? Duration => UpdatedAt - CreatedAt;

    /// <summary>The kind of the promotion it belongs to.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The name of the store that the job is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the job is in, which commands use that get the job as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        JobId, PromotionId, PromotionName, JobType, Name, Status, NumberOfCodes, Generated, Deleted, CodePrefix, CodeLength,
        MaxUsesPerCode, ConsumeUnit, Error, CreatedAt, UpdatedAt,
    ];

    /// <summary>The id, so that a job can be used where a text is expected.</summary>
    public override string ToString() => JobId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionJob other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => JobId.GetHashCode();
}
