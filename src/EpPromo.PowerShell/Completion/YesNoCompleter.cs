using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes a parameter that is <c>$true</c> or <c>$false</c>: PowerShell itself would offer files.</summary>
internal sealed class YesNoCompleter : IArgumentCompleter
{
    private static readonly string[] s_values = ["$true", "$false"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        s_values.Where(value => value.TrimStart('$').StartsWith(wordToComplete.TrimStart('$'), StringComparison.OrdinalIgnoreCase))
            .Select(value => new CompletionResult(value));
}
