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
    };

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        WordsFor(parameterName, KindArgument.Find(fakeBoundParameters, commandAst))
            .Where(word => word.StartsWith(ArgumentText.Parse(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(word));

    /// <summary>The words of a parameter. Consume units depend on the kind of promotion; if it is not known, all are offered.</summary>
    private static IEnumerable<string> WordsFor(string parameterName, PromotionKind? kind) =>
        s_words.TryGetValue(parameterName, out IReadOnlyList<string>? words) ? words
        : kind is { } known ? ConsumeUnits.Of(known)
        : ConsumeUnits.Of(PromotionKind.Rule).Concat(ConsumeUnits.Of(PromotionKind.Standard));
}
