using System.Collections;
using System.Management.Automation;
using EpPromo.PowerShell.Sessions;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>What is asked of a completer.</summary>
/// <param name="Word">What was typed, without quotes.</param>
/// <param name="Arguments">The other arguments on the command line, as far as they are constants or variables.</param>
/// <param name="Section">The promotions to search, of a store and a kind.</param>
/// <param name="Api">Their API.</param>
internal sealed record CompletionQuery(string Word, IDictionary Arguments, StoreSection Section, StoreApi Api)
{
    /// <summary>Whether a text contains the word; upper and lower case and the Unicode forms of a letter are the same.</summary>
    public bool Matches(string text) =>
        NormalizedText.Of(text).IndexOf(NormalizedText.Of(Word), StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The value of another argument; null if it is not given.</summary>
    public object? Argument(string name) => Arguments.Contains(name) ? Arguments[name] : null;

    /// <summary>The store given on the command line, else the session's. Null if something else is given.</summary>
    /// <exception cref="EpPromoException">There is none.</exception>
    public static EpStore? StoreIn(IDictionary arguments)
    {
        if (!arguments.Contains(nameof(StoreCmdlet.Store)))
        {
            return SessionStores.Current.Default;
        }

        try
        {
            return StoreTransformationAttribute.Find(arguments[nameof(StoreCmdlet.Store)]);
        }
        catch (ArgumentTransformationMetadataException)
        {
            return null;
        }
    }
}
