using System.Text;

namespace EpPromo.Text;

/// <summary>Text in Unicode's composed form (NFC), in which names are compared and sent: é can be one character, or e and an accent.</summary>
internal static class NormalizedText
{
    /// <summary>Whether the composed and the decomposed form are the same, so that every system stores the text in the same form.</summary>
    public static bool HasSingleForm(string text)
    {
        try
        {
            return text.IsNormalized(NormalizationForm.FormC) && text.IsNormalized(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The text in composed form; unchanged if it contains half of a surrogate pair, which has none.</summary>
    public static string Of(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
