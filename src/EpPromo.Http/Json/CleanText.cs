using System.Text;

namespace EpPromo.Http;

/// <summary>
/// The one place where texts from outside lose their control characters, so that no name can move a terminal's cursor. Exactly
/// the characters that <see cref="char.IsControl(char)"/> knows are replaced: names that we send hold none (<see cref="NewJob"/>),
/// so they come back as they went.
/// </summary>
internal static class CleanText
{
    /// <summary>The text with every control character replaced: blanks for line ends and tabs, U+FFFD for others.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (char c in text)
        {
            clean.Append(!char.IsControl(c) ? c : c is '\t' or '\r' or '\n' ? ' ' : '\uFFFD');
        }

        return clean.ToString();
    }

    /// <summary>The same, cut to <paramref name="length"/> characters.</summary>
    public static string Short(string text, int length) =>
        Of(text.Length <= length ? text : text.Substring(0, length) + "…");
}
