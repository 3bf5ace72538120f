namespace EpPromo;

/// <summary>Jobs of a run that left more codes than are to stay: one, or some whose times overlap.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Left">How many codes they left.</param>
/// <param name="Keep">How many of them are to stay, the oldest.</param>
internal sealed record Surplus(IReadOnlyList<PromotionJob> Jobs, int Left, int Keep)
{
    /// <summary>How many are too many.</summary>
    public int TooMany => Left - Keep;
}
