namespace EpPromo;

/// <summary>Jobs of a run that made more codes than are to stay: one, or some whose times overlap.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Made">How many codes they made.</param>
/// <param name="Keep">How many of them are to stay, the oldest.</param>
internal sealed record Surplus(IReadOnlyList<PromotionJob> Jobs, int Made, int Keep);
