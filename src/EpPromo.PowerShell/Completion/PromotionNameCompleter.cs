using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes names of promotions where wildcards are allowed: <c>Get-EpPromotion summ⇥</c>.</summary>
internal sealed class PromotionNameCompleter : PromotionCompleter
{
    /// <inheritdoc/>
    private protected override string Unquote(string word) => WildcardPattern.Unescape(base.Unquote(word));

    /// <summary>The name with wildcard characters escaped; null if the promotion has no name.</summary>
    private protected override string? TextFor(Promotion promotion, bool isNameUnique) =>
        promotion.Name.Length == 0 ? null : ArgumentText.Of(WildcardText.Escape(promotion.Name));
}
