using System.Text;

namespace EpPromo.Text;

/// <summary>Text in Unicode's composed form (NFC), in which names are compared and sent: é may be one character or e and an accent.</summary>
internal static class ComposedText
{
    /// <summary>Whether the text is the same composed and decomposed, so that others can hold it in one form only.</summary>
    public static bool HasOneForm(string text)
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

    /// <summary>The text composed; as it is where it holds half a character, which has no form.</summary>
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
