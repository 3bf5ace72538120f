using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.Api;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Finds the promotions that a word may mean, by name or id. Asks the store, for two seconds at the most; a completer must neither fail
/// nor hold up the prompt, so whatever goes wrong means no suggestions, or those found so far.
/// </summary>
internal abstract class PromotionCompleter : IArgumentCompleter, IRequestObserver
{
    /// <summary>The parameter of the store, which every cmdlet has that has a promotion.</summary>
    private const string StoreParameter = "Store";

    private const int MaxSuggestions = 100;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Meant(wordToComplete);
        Dictionary<string, Promotion> found = [];
        try
        {
            if (StoreFor(fakeBoundParameters) is { IsClosed: false } store)
            {
                IPromotionApi api = store.Connection.Open(this).Promotions;
                Task.Run(() => SearchAsync(api, word, found)).GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // What was found before is worth showing.
        }

        return found.Values
            .Where(promotion => TextFor(promotion) is not null)
            .OrderBy(promotion => promotion.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MaxSuggestions)
            .Select(promotion => new CompletionResult(
                TextFor(promotion), promotion.Name.Length == 0 ? promotion.PromotionId : promotion.Name,
                CompletionResultType.ParameterValue, $"{promotion.Name} ({promotion.PromotionId})"));
    }

    /// <summary>The text that a word on the line, which may be quoted in part, stands for.</summary>
    private protected virtual string Meant(string word)
    {
        string text = word.Trim('\'', '"');
        return word.StartsWith("'", StringComparison.Ordinal) ? text.Replace("''", "'") : text;
    }

    /// <summary>What stands on the line for a promotion; null when it cannot be named there.</summary>
    private protected abstract string? TextFor(Promotion promotion);

    /// <summary>The store that is given on the line, which comes wrapped; else the session's. Null when what is given is no store.</summary>
    private static EpStore? StoreFor(IDictionary parameters) => parameters.Contains(StoreParameter)
        ? PSObject.AsPSObject(parameters[StoreParameter] ?? "").BaseObject as EpStore
        : SessionStores.Current.Default;

    /// <summary>
    /// The store itself looks for names. It cannot look for the beginning of an id, so for a word that may be one the whole list is
    /// read, after the names.
    /// </summary>
    private static async Task SearchAsync(IPromotionApi api, string word, Dictionary<string, Promotion> found)
    {
        using CancellationTokenSource budget = new(Budget);
        PromotionSearch search = new(api);
        await search.FindAsync(word.Length == 0 ? null : $"*{word}*", TakeAsync, budget.Token);
        if (word.Length > 0 && word.All(c => c == '-' || Uri.IsHexDigit(c)))
        {
            await search.FindAsync(null, TakeAsync, budget.Token);
        }

        Task TakeAsync(Promotion promotion)
        {
            if (ComposedText.Of(promotion.Name).IndexOf(ComposedText.Of(word), StringComparison.OrdinalIgnoreCase) >= 0
                || promotion.PromotionId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                found[promotion.PromotionId] = promotion;
                if (found.Count == MaxSuggestions)
                {
                    // Enough for one prompt: the next page is not asked for.
                    budget.Cancel();
                }
            }

            return Task.CompletedTask;
        }
    }

    void IRequestObserver.Verbose(string line)
    {
    }

    void IRequestObserver.Debug(string text)
    {
    }
}
