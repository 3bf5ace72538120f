using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.Api;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// Completes an argument with what is in the store. Searches for two seconds at most. A completer must neither fail nor block the prompt, so
/// after an error there are no suggestions, or those found so far.
/// </summary>
/// <typeparam name="T">What is searched for.</typeparam>
internal abstract class StoreCompleter<T> : IArgumentCompleter, IRequestObserver
{
    /// <summary>More suggestions fill no prompt.</summary>
    private protected const int MaxSuggestions = 100;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        List<T> found = [];
        CompletionQuery? query = null;
        try
        {
            if (CompletionQuery.StoreIn(fakeBoundParameters) is { IsClosed: false } store)
            {
                StoreSection section = store.Section(KindArgument.Find(fakeBoundParameters, commandAst) ?? PromotionKind.Rule);
                query = new CompletionQuery(Unquote(wordToComplete), fakeBoundParameters, section, section.Open(this));
                using CancellationTokenSource budget = new(s_budget);
                Task.Run(() => SearchAsync(query, found, budget.Token)).GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // Show what was found before.
        }

        return query is null ? [] : [.. ResultsOf(query, found).Take(MaxSuggestions)];
    }

    /// <summary>The text of a word on the command line.</summary>
    private protected virtual string Unquote(string word) => ArgumentText.Parse(word);

    /// <summary>Searches, and adds what it finds to <paramref name="found"/>.</summary>
    private protected abstract Task SearchAsync(CompletionQuery query, List<T> found, CancellationToken cancellationToken);

    /// <summary>The suggestions, the best first.</summary>
    private protected abstract IEnumerable<CompletionResult> ResultsOf(CompletionQuery query, IReadOnlyList<T> found);

    bool IRequestObserver.ShowsLines => false;

    bool IRequestObserver.ShowsBodies => false;

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
