namespace EpPromo;

/// <summary>A promotion job as the store last showed it (api-contract.md section 5).</summary>
public sealed record PromotionJob
{
    /// <summary>The job's id; binds to every <c>-JobId</c>.</summary>
    public required string JobId { get; init; }

    /// <summary>The id of the promotion it belongs to; binds to every <c>-PromotionId</c>.</summary>
    public required string PromotionId { get; init; }

    /// <summary><c>code_generate</c>, <c>code_export</c>, or a word this version does not know (<see cref="JobTypes"/>).</summary>
    public string JobType { get; init; } = "";

    /// <summary>The job's name, empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The status in the API's own word (<see cref="JobStatuses"/>); unknown words are shown as they are.</summary>
    public string Status { get; init; } = "";

    /// <summary>How many codes were asked for, or null (an export has none).</summary>
    public int? NumberOfCodes { get; init; }

    /// <summary>How many codes the job has made, or null while the store does not say.</summary>
    public int? Generated { get; init; }

    /// <summary>How many codes a cancellation has deleted, or null.</summary>
    public int? Deleted { get; init; }

    /// <summary>The text that each code begins with, or null.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>The number of generated characters in a code, or null.</summary>
    public int? CodeLength { get; init; }

    /// <summary>How often each code can be used, or null for without limit.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>Why the job failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, by the server's clock, or null.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether the status is one that never changes again.</summary>
    public bool IsFinished => JobStatuses.IsFinished(Status);

    /// <summary>From creation to the last change, or null while either is unknown.</summary>
    public TimeSpan? Duration => UpdatedAt - CreatedAt;

    /// <summary>The id, so that a job put where a text is wanted names itself.</summary>
    public override string ToString() => JobId;
}
