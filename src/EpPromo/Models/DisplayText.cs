using System.Text;

namespace EpPromo;

/// <summary>Makes texts that came from outside safe to show on a terminal.</summary>
internal static class DisplayText
{
    /// <summary>
    /// Replaces control characters (escape sequences among them) and the marks that turn the direction of text, so that a name cannot
    /// repaint the screen or pass for another.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (char c in text)
        {
            clean.Append(IsUnsafe(c) ? '\uFFFD' : c);
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
