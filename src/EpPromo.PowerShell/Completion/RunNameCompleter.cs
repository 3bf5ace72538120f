using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes names of runs where wildcards are allowed: <c>Get-EpPromotionRun bf⇥</c>.</summary>
internal sealed class RunNameCompleter : RunCompleter
{
    /// <inheritdoc/>
    private protected override string Unquote(string word) => WildcardPattern.Unescape(base.Unquote(word));

    private protected override string TextFor(PromotionRun run) => ArgumentText.Of(WildcardText.Escape(run.Name));
}
