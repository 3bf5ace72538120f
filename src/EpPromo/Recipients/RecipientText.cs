using EpPromo.Text;

namespace EpPromo.Recipients;

/// <summary>
/// The form in which the texts that tell recipients, or codes, apart are compared. Texts that differ only in case, in white space around
/// them, or in the Unicode form of a letter are the same.
/// </summary>
internal static class RecipientText
{
    public static string Normalize(string text) => NormalizedText.Of(text.Trim()).ToUpperInvariant();
}
