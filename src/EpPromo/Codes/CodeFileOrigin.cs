namespace EpPromo.Codes;

/// <summary>Where the codes of a file come from: what all its rows have in common.</summary>
/// <param name="PromotionId">The promotion.</param>
/// <param name="PromotionName">Its name, empty if it is not known.</param>
/// <param name="JobId">The job whose codes they are, or null.</param>
/// <param name="Run">The run whose codes they are, or null.</param>
internal sealed record CodeFileOrigin(string PromotionId, string PromotionName, string? JobId, string? Run)
{
    /// <summary>The kind of the promotion.</summary>
    public PromotionKind Kind { get; init; }
}
