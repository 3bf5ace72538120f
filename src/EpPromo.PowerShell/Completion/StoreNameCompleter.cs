using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes the names of the session's stores. The default comes first.</summary>
internal sealed class StoreNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        SessionStores session = SessionStores.Current;
        string word = ArgumentText.Parse(wordToComplete);
        IReadOnlyList<EpStore> stores;
        try
        {
            stores = session.All;
        }
        catch (EpPromoException)
        {
            // The environment variables are invalid. Commands report that; a completer must not fail.
            return [];
        }

        return
        [
            .. stores.Where(store => store.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                .OrderByDescending(session.IsDefault)
                .Select(store => new CompletionResult(
                    ArgumentText.Of(store.Name), store.Name, CompletionResultType.ParameterValue, Describe(store, session.IsDefault(store)))),
        ];
    }

    private static string Describe(EpStore store, bool isDefault) => string.Join(
        ", ",
        new[] { store.Name, store.BaseUri.ToString(), isDefault ? SR.DetailDefaultStore : null, store.ReadOnly ? SR.DetailReadOnlyStore : null }
            .OfType<string>());
}
