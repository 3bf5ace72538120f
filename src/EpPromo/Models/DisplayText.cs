using System.Text;

namespace EpPromo;

/// <summary>
/// The one place where texts from outside are made safe to show on a terminal: no name can move the cursor, repaint the screen or pass
/// for another. Names that we send hold none of these characters (<see cref="NewJob.Validate"/>), so they come back as they went.
/// </summary>
internal static class DisplayText
{
    /// <summary>Whether a text holds nothing that <see cref="Clean"/> would replace.</summary>
    public static bool IsClean(string text) => !text.Any(IsUnsafe);

    /// <summary>The text with blanks for line ends and tabs, and U+FFFD for other control characters and the marks that turn the direction of text.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (char c in text)
        {
            clean.Append(!IsUnsafe(c) ? c : c is '\t' or '\r' or '\n' ? ' ' : '\uFFFD');
        }

        return clean.ToString();
    }

    /// <summary>The same, cut to <paramref name="length"/> characters.</summary>
    public static string Short(string text, int length) =>
        Clean(text.Length <= length ? text : text.Substring(0, length) + "…");

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
