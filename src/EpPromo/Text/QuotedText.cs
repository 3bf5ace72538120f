using System.Text;

namespace EpPromo.Text;

/// <summary>Text between single quotes in a PowerShell command, for hints that can be copied.</summary>
internal static class QuotedText
{
    /// <summary>PowerShell reads each of these as a single quote.</summary>
    private const string Quotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>The text with its quotes doubled.</summary>
    public static string Of(string text)
    {
        StringBuilder quoted = new(text.Length);
        foreach (char character in text)
        {
            quoted.Append(character, Quotes.IndexOf(character) >= 0 ? 2 : 1);
        }

        return quoted.ToString();
    }
}
