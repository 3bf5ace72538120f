using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes names of promotions: <c>Get-EpPromotion summ⇥</c>.</summary>
internal sealed class PromotionNameCompleter : PromotionCompleter
{
    /// <inheritdoc/>
    private protected override string Unquote(string word) => WildcardPattern.Unescape(base.Unquote(word));

    /// <summary>In quotes, with wildcard characters escaped; null if the promotion has no name.</summary>
    private protected override string? TextFor(Promotion promotion) =>
        promotion.Name.Length == 0 ? null : $"'{QuotedText.Of(WildcardText.Escape(promotion.Name))}'";
}
