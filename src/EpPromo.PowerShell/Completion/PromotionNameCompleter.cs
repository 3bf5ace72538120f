using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes names of promotions: <c>Get-EpPromotion summ⇥</c>.</summary>
internal sealed class PromotionNameCompleter : PromotionCompleter
{
    /// <inheritdoc/>
    private protected override string Meant(string word) => WildcardPattern.Unescape(base.Meant(word));

    /// <summary>In quotes, and such that no character of it is a wildcard; null where there is no name to look for.</summary>
    private protected override string? TextFor(Promotion promotion) =>
        promotion.Name.Length == 0 ? null : $"'{QuotedText.Of(WildcardText.Escape(promotion.Name))}'";
}
