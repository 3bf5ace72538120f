using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.Api;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes promotions by name or id. Searches the store for two seconds at most. A completer must neither fail nor block the prompt, so
/// after an error there are no suggestions, or those found so far.
/// </summary>
internal abstract class PromotionCompleter : IArgumentCompleter, IRequestObserver
{
    private const int MaxSuggestions = 100;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Unquote(wordToComplete);
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
            // Show what was found before.
        }

        return found.Values
            .Where(promotion => TextFor(promotion) is not null)
            .OrderBy(promotion => promotion.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MaxSuggestions)
            .Select(promotion => new CompletionResult(
                TextFor(promotion), promotion.Name.Length == 0 ? promotion.PromotionId : promotion.Name,
                CompletionResultType.ParameterValue, $"{promotion.Name} ({promotion.PromotionId})"));
    }

    /// <summary>The text of a word on the command line, without quotes, of which one may be missing.</summary>
    private protected virtual string Unquote(string word)
    {
        string text = word.Trim('\'', '"');
        return word.StartsWith("'", StringComparison.Ordinal) ? text.Replace("''", "'") : text;
    }

    /// <summary>The text that is completed for a promotion; null if it has none.</summary>
    private protected abstract string? TextFor(Promotion promotion);

    /// <summary>The store given on the command line or named there, else the session's. Null if something else is given.</summary>
    private static EpStore? StoreFor(IDictionary parameters) =>
        !parameters.Contains(nameof(StoreCmdlet.Store)) ? SessionStores.Current.Default
        : PSObject.AsPSObject(parameters[nameof(StoreCmdlet.Store)] ?? "").BaseObject is var given && given is string name
            ? SessionStores.Current.Find(name)
            : given as EpStore;

    /// <summary>
    /// The store can search names. It cannot search for the beginning of an id, so for a word that may be one, the whole list is read, after
    /// the names.
    /// </summary>
    private static async Task SearchAsync(IPromotionApi api, string word, Dictionary<string, Promotion> found)
    {
        using CancellationTokenSource budget = new(Budget);
        PromotionFinder search = new(api);
        await search.FindAsync(word.Length == 0 ? null : $"*{word}*", TakeAsync, budget.Token);
        if (word.Length > 0 && word.All(c => c == '-' || Uri.IsHexDigit(c)))
        {
            await search.FindAsync(null, TakeAsync, budget.Token);
        }

        Task TakeAsync(Promotion promotion)
        {
            if (NormalizedText.Of(promotion.Name).IndexOf(NormalizedText.Of(word), StringComparison.OrdinalIgnoreCase) >= 0
                || promotion.PromotionId.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                found[promotion.PromotionId] = promotion;
                if (found.Count == MaxSuggestions)
                {
                    // Enough for one prompt: do not request the next page.
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

    void IRequestObserver.Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay)
    {
    }

    void IRequestObserver.Succeeded()
    {
    }
}
