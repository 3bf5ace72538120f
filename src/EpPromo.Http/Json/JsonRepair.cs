using System.Globalization;
using System.Text;

namespace EpPromo.Http.Json;

/// <summary>
/// Repairs what servers put into JSON strings although the parser rejects it: raw control characters, as in error messages that a gateway
/// pastes together, and escapes of half a surrogate pair, as in texts that were cut in the middle of a character.
/// </summary>
internal static class JsonRepair
{
    private const int EscapeLength = 6;

    private static readonly char[] s_lineEnds = ['\r', '\n'];

    /// <summary>Whether the text may hold escapes of surrogates, whole pairs or halves.</summary>
    public static bool MayHoldSurrogates(Utf8Text text) => text.Span.IndexOf("\\ud"u8) >= 0 || text.Span.IndexOf("\\uD"u8) >= 0;

    /// <summary>The text with control characters in strings escaped, and with U+FFFD in place of half a surrogate pair.</summary>
    public static Utf8Text Repair(Utf8Text text) => Utf8Text.Of(Repair(text.ToString()));

    private static string Repair(string text)
    {
        StringBuilder repaired = new(text.Length);
        bool inString = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\')
            {
                int length = LengthOfEscape(text, i);
                repaired.Append(IsHalfPair(text, i, length) ? "\uFFFD" : text.Substring(i, length));
                i += length - 1;
                continue;
            }

            // A quote in a comment starts no string.
            int comment = inString ? 0 : LengthOfComment(text, i);
            if (comment > 0)
            {
                repaired.Append(text, i, comment);
                i += comment - 1;
                continue;
            }

            inString ^= text[i] == '"';
            if (inString && text[i] < ' ')
            {
                repaired.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:X4}", (int)text[i]);
            }
            else
            {
                repaired.Append(text[i]);
            }
        }

        return repaired.ToString();
    }

    /// <summary>
    /// How long the comment at <paramref name="at"/> is; 0 when none starts there. One without an end takes the rest of the text, so that
    /// its end is searched for only once.
    /// </summary>
    private static int LengthOfComment(string text, int at)
    {
        if (text[at] != '/' || at + 1 == text.Length || text[at + 1] is not ('/' or '*'))
        {
            return 0;
        }

        int last = text[at + 1] == '*'
            ? text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 1
            : text.IndexOfAny(s_lineEnds, at + 2);
        return last > at ? last + 1 - at : text.Length - at;
    }

    /// <summary>How long the escape at <paramref name="at"/> is; the two of a surrogate pair count as one.</summary>
    private static int LengthOfEscape(string text, int at)
    {
        int length = UnitAt(text, at) is not { } unit ? 2
            : char.IsHighSurrogate(unit) && UnitAt(text, at + EscapeLength) is { } next && char.IsLowSurrogate(next) ? 2 * EscapeLength
            : EscapeLength;
        return Math.Min(length, text.Length - at);
    }

    private static bool IsHalfPair(string text, int at, int length) =>
        length == EscapeLength && UnitAt(text, at) is { } unit && char.IsSurrogate(unit);

    /// <summary>
    /// The UTF-16 code unit that the escape at <paramref name="at"/> stands for; null when it is not of the form <c>\u00e9</c>.
    /// </summary>
    private static char? UnitAt(string text, int at) =>
        at + EscapeLength <= text.Length && text[at] == '\\' && text[at + 1] == 'u'
        && ushort.TryParse(text.Substring(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;
}
