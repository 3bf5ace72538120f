using System.Globalization;

namespace EpPromo.Text;

/// <summary>
/// Finds characters that nobody can see or type. Two names that differ only in such characters look the same, and a shopper cannot type a
/// code that contains one.
/// </summary>
internal static class InvisibleCharacter
{
    /// <summary>
    /// Characters that Unicode classifies as letters, marks or symbols but that show nothing: fillers, joiners, variation selectors.
    /// </summary>
    private static readonly HashSet<int> s_blank =
    [
        0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0, .. Enumerable.Range(0xFE00, 16),
        .. Enumerable.Range(0xE0100, 240),
    ];

    /// <summary>The first one in <paramref name="text"/>, for example "U+00A0 at position 7", counted from 1; null if there is none.</summary>
    public static string? FindFirst(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            int character = isPair ? char.ConvertToUtf32(text, i) : text[i];
            if (IsInvisible(CharUnicodeInfo.GetUnicodeCategory(text, i), character))
            {
                return string.Format(CultureInfo.InvariantCulture, SR.DetailCharacterAtPosition, character.ToString("X4", CultureInfo.InvariantCulture), i + 1);
            }

            i += isPair ? 1 : 0;
        }

        return null;
    }

    /// <summary>Whether <paramref name="character"/> is one; false for both halves of a surrogate pair.</summary>
    public static bool Is(char character) => !char.IsSurrogate(character) && IsInvisible(CharUnicodeInfo.GetUnicodeCategory(character), character);

    private static bool IsInvisible(UnicodeCategory category, int character) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => character != ' ',
        _ => s_blank.Contains(character),
    };
}
