using System.Text;
using EpPromo.Sandbox.Errors;

namespace EpPromo.Sandbox.Filters;

/// <summary>
/// One value of a filter, either bare or in single or double quotes. Inside quotes, a backslash escapes a quote or a backslash
/// (contract section 6).
/// </summary>
/// <param name="Text">The value without quotes and escapes.</param>
/// <param name="IsQuoted">Whether it is written in quotes.</param>
/// <param name="IsEscaped">Whether it contains a backslash escape.</param>
internal readonly record struct FilterValue(string Text, bool IsQuoted, bool IsEscaped)
{
    // The published samples write these without quotes: code_export, summer-aa2b-3c4d, 2026-01-31T00:00:00.000Z, *Sale.
    private const string UnquotedPunctuation = "-_.:+*";

    /// <summary>Reads a value and the spaces around it, up to a comma or a closing parenthesis.</summary>
    /// <exception cref="ErrorResponseException">400: not a valid value.</exception>
    public static FilterValue Read(string text, ref int position)
    {
        SkipSpaces(text, ref position);
        FilterValue value = position < text.Length && text[position] is '\'' or '"'
            ? ReadQuoted(text, ref position)
            : ReadBare(text, ref position);
        SkipSpaces(text, ref position);
        return value;
    }

    private static FilterValue ReadQuoted(string text, ref int position)
    {
        char quote = text[position++];
        bool escaped = false;
        var value = new StringBuilder();
        while (position < text.Length && text[position] != quote)
        {
            if (text[position] == '\\')
            {
                position++;
                escaped = true;
                if (position == text.Length || text[position] is not ('\'' or '"' or '\\'))
                {
                    throw ErrorResponses.InvalidFilter();
                }
            }

            value.Append(text[position++]);
        }

        if (position == text.Length)
        {
            throw ErrorResponses.InvalidFilter();
        }

        position++;
        return new FilterValue(value.ToString(), IsQuoted: true, escaped);
    }

    private static FilterValue ReadBare(string text, ref int position)
    {
        int start = position;
        while (position < text.Length
            && (char.IsAsciiLetterOrDigit(text[position]) || UnquotedPunctuation.Contains(text[position], StringComparison.Ordinal)))
        {
            position++;
        }

        return new FilterValue(text[start..position], IsQuoted: false, IsEscaped: false);
    }

    private static void SkipSpaces(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }
    }
}
