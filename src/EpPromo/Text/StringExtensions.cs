namespace EpPromo.Text;

/// <summary>What .NET lacks for strings.</summary>
internal static class StringExtensions
{
    /// <summary>The text, or null when it is empty.</summary>
    public static string? NullIfEmpty(this string? text) => string.IsNullOrEmpty(text) ? null : text;
}
