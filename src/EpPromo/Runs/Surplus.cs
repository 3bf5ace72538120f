using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>Jobs of a run that left more codes than are to stay, or may have: one, or some whose times overlap.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Left">How many codes they left, at most where <paramref name="IsKnown"/> is false.</param>
/// <param name="IsKnown">Whether all of them say how many codes they left.</param>
/// <param name="Keep">How many of them are to stay, the oldest.</param>
internal sealed record Surplus(IReadOnlyList<PromotionJob> Jobs, int Left, bool IsKnown, int Keep)
{
    /// <summary>How many are too many, at most where <see cref="IsKnown"/> is false.</summary>
    public int TooMany => Left - Keep;

    /// <summary>A number of these codes, for people.</summary>
    public string Words(int codes) => MessageText.Of(IsKnown ? "{0:code}" : SR.DetailUpToCodes, codes);
}
