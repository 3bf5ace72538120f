using System.Globalization;

namespace EpPromo.Sandbox.Wire;

/// <summary>Dates as they are sent (contract section 6): a day alone, or with hours and minutes and a zone, seconds included or not.</summary>
internal static class Moments
{
    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryParse(string text, out DateTimeOffset moment)
    {
        // Up to nine fractional digits may come back at us; .NET reads seven.
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int zone = text.LastIndexOfAny(['Z', '+', '-']);
        string read = dot > 0 && zone - dot > 8 ? text[..(dot + 8)] + text[zone..] : text;
        return DateTimeOffset.TryParseExact(
            read, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
    }
}
