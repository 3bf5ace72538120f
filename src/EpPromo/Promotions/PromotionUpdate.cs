namespace EpPromo.Promotions;

/// <summary>What an update has done.</summary>
/// <param name="Promotion">The promotion as it is now.</param>
/// <param name="Changed">The fields that were changed; none if it was as wanted already.</param>
/// <param name="ChangedByOthers">The other fields that another client has changed since the caller or this update read the promotion.</param>
internal sealed record PromotionUpdate(
    Promotion Promotion, IReadOnlyList<PromotionField> Changed, IReadOnlyList<PromotionField> ChangedByOthers);
