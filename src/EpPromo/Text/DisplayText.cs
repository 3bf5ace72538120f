using System.Text;

namespace EpPromo.Text;

/// <summary>
/// The one place where texts from outside are made safe to show on a terminal: no name can move the cursor, repaint the screen or look
/// like another. Names that EpPromo sends contain none of these characters, so they come back unchanged.
/// </summary>
internal static class DisplayText
{
    /// <summary>Whether a text contains nothing that <see cref="Clean"/> would replace.</summary>
    public static bool IsClean(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            // Nearly all characters are between these two, and every text of a list is checked.
            if (text[i] is < ' ' or > '~' && IsUnsafe(text, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The text with spaces for line breaks and tabs, and U+FFFD for other control characters, for marks that change the direction of text,
    /// and for halves of a surrogate pair, which are sent as U+FFFD anyway.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            clean.Append(!IsUnsafe(text, i) ? text[i] : text[i] is '\t' or '\r' or '\n' ? ' ' : '\uFFFD');
        }

        return clean.ToString();
    }

    /// <summary>The same, shortened to <paramref name="length"/> characters; a surrogate pair is not split.</summary>
    public static string Short(string text, int length) =>
        Clean(text.Length <= length ? text : text.Substring(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length) + "…");

    private static bool IsUnsafe(string text, int i) =>
        char.IsControl(text[i]) || ChangesDirection(text[i])
        || (char.IsHighSurrogate(text[i]) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])))
        || (char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1])));

    /// <summary>Line and paragraph separators, and what Unicode calls Bidi_Control.</summary>
    private static bool ChangesDirection(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
