using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>A promotion that a command works on: its id, and what is known of it.</summary>
/// <param name="PromotionId">Its id.</param>
/// <param name="PromotionName">Its name, empty if it is not known.</param>
/// <param name="Details">The promotion as the store returned it, or null.</param>
internal sealed record PromotionIdentity(string PromotionId, string PromotionName, Promotion? Details)
{
    /// <summary>The identity of a promotion that the store has returned.</summary>
    public static PromotionIdentity Of(Promotion promotion) => new(promotion.PromotionId, promotion.Name, promotion);

    /// <summary>Whether <paramref name="text"/> is the id or the name, in any case; true if the name is not known.</summary>
    public bool IsCalled(string text) => PromotionName.Length == 0
        || string.Equals(text, PromotionId, StringComparison.OrdinalIgnoreCase)
        || string.Equals(NormalizedText.Of(text.Trim()), NormalizedText.Of(PromotionName.Trim()), StringComparison.OrdinalIgnoreCase);

    /// <summary>What a person is shown: the name, or the id if the name is not known.</summary>
    public override string ToString() => DisplayText.Clean(PromotionName.Length > 0 ? PromotionName : PromotionId);
}
