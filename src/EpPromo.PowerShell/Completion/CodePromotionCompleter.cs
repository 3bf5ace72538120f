namespace EpPromo.PowerShell.Completion;

/// <summary>Completes promotions where codes are generated. A promotion that applies automatically takes none.</summary>
internal sealed class CodePromotionCompleter : PromotionCompleter
{
    private protected override bool IsOffered(Promotion promotion) => !promotion.Automatic;
}
