using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell.Completion;

/// <summary>Completes a parameter whose value is one of a few words of the API.</summary>
internal sealed class WordCompleter : IArgumentCompleter
{
    /// <summary>The words, by the name of the parameter.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(GetEpPromotionJobCommand.JobType)] = JobTypes.All,
        [nameof(GetEpPromotionJobCommand.Status)] = JobStatuses.All,
        [nameof(NewEpPromotionJobCommand.ConsumeUnit)] = [ConsumeUnits.PerCheckout, ConsumeUnits.PerApplication],
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        s_words[parameterName]
            .Where(word => word.StartsWith(ArgumentText.Parse(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word));
}
