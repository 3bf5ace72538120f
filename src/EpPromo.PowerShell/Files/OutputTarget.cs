namespace EpPromo.PowerShell.Files;

/// <summary>Whose codes a file gets: those of a job, of a run, or of a whole promotion. It determines the file's default name.</summary>
/// <param name="PromotionId">The promotion, validated.</param>
internal sealed record OutputTarget(string PromotionId)
{
    /// <summary>The name of the promotion, empty if it is not known.</summary>
    public string PromotionName { get; init; } = "";

    /// <summary>The kind of the promotion: promotions of two kinds can have the same name.</summary>
    public PromotionKind Kind { get; init; }

    /// <summary>
    /// Whether no other promotion of its kind in the store has the same <see cref="Promotion.FileName"/>, case ignored. Otherwise a part of the id
    /// distinguishes the file.
    /// </summary>
    public bool IsNameUnique { get; init; }

    /// <summary>The run whose codes they are, or null.</summary>
    public string? Run { get; init; }

    /// <summary>The id of the job whose codes they are, or null. A job takes precedence over its run.</summary>
    public string? JobId { get; init; }

    /// <summary>The name of that job, or null if it is not known.</summary>
    public string? JobName { get; init; }
}
