namespace EpPromo.PowerShell.Completion;

/// <summary>Completes promotion ids: <c>-PromotionId summ⇥</c>.</summary>
internal sealed class PromotionIdCompleter : PromotionCompleter
{
    private protected override string TextFor(Promotion promotion) => promotion.PromotionId;
}
