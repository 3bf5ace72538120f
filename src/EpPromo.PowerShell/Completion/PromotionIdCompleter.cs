using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell;

/// <summary>
/// Completes promotion ids by name or id: <c>-PromotionId summ⇥</c>. Asks the store, for two seconds at the most; a completer must
/// neither fail nor hold up the prompt, so whatever goes wrong means no suggestions.
/// </summary>
internal sealed class PromotionIdCompleter : IArgumentCompleter, IRequestObserver
{
    private const int MaxSuggestions = 100;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = wordToComplete.Trim('\'', '"');
        try
        {
            EpStore store = fakeBoundParameters["Store"] as EpStore ?? SessionStores.Current.Default;
            using CancellationTokenSource budget = new(Budget);
            IPromotionApi api = store.Connection.Open(this);
            Page<Promotion> page = Task.Run(() => api.ListPromotionsAsync(null, 0, budget.Token)).GetAwaiter().GetResult();
            return page.Items
                .Where(promotion => promotion.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0
                    || promotion.PromotionId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .OrderBy(promotion => promotion.Name, StringComparer.OrdinalIgnoreCase)
                .Take(MaxSuggestions)
                .Select(promotion => new CompletionResult(
                    promotion.PromotionId, promotion.Name.Length == 0 ? promotion.PromotionId : promotion.Name,
                    CompletionResultType.ParameterValue, $"{promotion.Name} ({promotion.PromotionId})"))
                .ToList();
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            return [];
        }
    }

    void IRequestObserver.Verbose(string line)
    {
    }

    void IRequestObserver.Debug(string text)
    {
    }
}
