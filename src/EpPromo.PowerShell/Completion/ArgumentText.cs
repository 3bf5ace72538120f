using System.Text.RegularExpressions;
using EpPromo.Text;

namespace EpPromo.PowerShell.Completion;

/// <summary>A text as an argument on the command line.</summary>
internal static class ArgumentText
{
    /// <summary>A text that PowerShell reads as it is: it starts with a letter, and has no character with a meaning.</summary>
    private static readonly Regex s_bare = new(@"^[A-Za-z][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant);

    /// <summary>The text in quotes, if it needs them.</summary>
    public static string Of(string text) => s_bare.IsMatch(text) ? text : $"'{QuotedText.Of(text)}'";

    /// <summary>The text of a word on the command line, without quotes; the closing one may be missing.</summary>
    public static string Parse(string word)
    {
        if (word.Length == 0 || (word[0] != '\'' && word[0] != '"'))
        {
            return word;
        }

        // A quote in the text is doubled, so an odd number of quotes at the end includes the closing one.
        string quote = word[0].ToString();
        string text = word.Substring(1);
        bool isClosed = (text.Length - text.TrimEnd(word[0]).Length) % 2 == 1;
        return text.Substring(0, text.Length - (isClosed ? 1 : 0)).Replace(quote + quote, quote);
    }
}
