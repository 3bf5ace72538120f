namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Shortens texts of any length, such as names, so that the size of the page's data has a limit.</summary>
internal static class ShortText
{
    private const int MaxLength = 160;

    public static string Of(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Do not cut a surrogate pair in half.
        int length = char.IsHighSurrogate(text[MaxLength - 2]) ? MaxLength - 2 : MaxLength - 1;
        return text[..length] + "…";
    }
}
