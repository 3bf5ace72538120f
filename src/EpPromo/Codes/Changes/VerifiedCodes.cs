namespace EpPromo.Codes.Changes;

/// <summary>What the list says about codes whose requests were lost.</summary>
/// <param name="Added">Those that were added, as the store has them.</param>
/// <param name="Existing">Those that the promotion has, but not from these requests.</param>
/// <param name="Missing">Those that the promotion does not have.</param>
internal sealed record VerifiedCodes(IReadOnlyList<PromotionCode> Added, IReadOnlyList<NewCode> Existing, IReadOnlyList<NewCode> Missing);
