using System.Text;

namespace EpPromo.Sandbox.Wire;

/// <summary>
/// One value of a filter and how it was written (contract section 6): bare, or between ' or ", where a quote or a backslash
/// has a backslash before it.
/// </summary>
/// <param name="Text">The value itself, without quotes and escapes.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="IsEscaped">Whether a backslash escaped something in it.</param>
internal readonly record struct FilterValue(string Text, bool IsQuoted, bool IsEscaped)
{
    // What the published samples have bare: code_export, summer-aa2b-3c4d, 2026-01-31T00:00:00.000Z, *Sale.
    private const string BareMarks = "-_.:+*";

    /// <summary>Reads a value that ends before a comma or a closing parenthesis, with blanks around it.</summary>
    /// <exception cref="ApiError">400: no such value.</exception>
    public static FilterValue Read(string text, ref int at)
    {
        SkipBlanks(text, ref at);
        FilterValue value = at < text.Length && text[at] is '\'' or '"' ? Quoted(text, ref at) : Bare(text, ref at);
        SkipBlanks(text, ref at);
        return value;
    }

    private static FilterValue Quoted(string text, ref int at)
    {
        char quote = text[at++];
        bool escaped = false;
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\')
            {
                at++;
                escaped = true;
                if (at == text.Length || text[at] is not ('\'' or '"' or '\\'))
                {
                    throw ApiError.BadFilter();
                }
            }

            value.Append(text[at++]);
        }

        if (at == text.Length)
        {
            throw ApiError.BadFilter();
        }

        at++;
        return new FilterValue(value.ToString(), IsQuoted: true, escaped);
    }

    private static FilterValue Bare(string text, ref int at)
    {
        int begin = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || BareMarks.Contains(text[at], StringComparison.Ordinal)))
        {
            at++;
        }

        return new FilterValue(text[begin..at], IsQuoted: false, IsEscaped: false);
    }

    private static void SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }
}
