namespace EpPromo.PowerShell.Completion;

/// <summary>Completes promotion ids, where a name is no valid argument: <c>Get-EpPromotion -PromotionId summ⇥</c>.</summary>
internal sealed class PromotionIdCompleter : PromotionCompleter
{
    private protected override string TextFor(Promotion promotion, bool isNameUnique) => promotion.PromotionId;
}
