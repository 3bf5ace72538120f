using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes one of a few fixed words.</summary>
internal abstract class WordCompleter : IArgumentCompleter
{
    private readonly IReadOnlyList<string> _words;

    private protected WordCompleter(IReadOnlyList<string> words) => _words = words;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _words
            .Where(word => word.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word));
}
