namespace EpPromo.Text;

/// <summary>Extensions of strings.</summary>
internal static class StringExtensions
{
    /// <summary>The text, or null if it is empty.</summary>
    public static string? NullIfEmpty(this string? text) => string.IsNullOrEmpty(text) ? null : text;
}
