namespace EpPromo.Codes;

/// <summary>The store's response to a request that adds codes (api-contract.md section 6).</summary>
/// <param name="Codes">The codes that it says were added.</param>
/// <param name="InOtherPromotions">Those of them that other promotions have, too.</param>
internal sealed record AddedCodes(IReadOnlyList<PromotionCode> Codes, IReadOnlyList<string> InOtherPromotions);
