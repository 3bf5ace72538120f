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
}
