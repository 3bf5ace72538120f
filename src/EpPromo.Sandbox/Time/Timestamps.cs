using System.Globalization;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Json;

namespace EpPromo.Sandbox.Time;

/// <summary>Reads and writes the timestamps of the API (contract sections 5 and 6).</summary>
internal static class Timestamps
{
    private static readonly string[] s_formats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads a date, or a date with a time and a time zone; seconds are optional.</summary>
    public static bool TryParse(string text, out DateTimeOffset timestamp)
    {
        // Clients may send back the nine fractional digits of a response; .NET reads seven.
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int zone = text.LastIndexOfAny(['Z', '+', '-']);
        string shortened = dot > 0 && zone - dot > 8 ? text[..(dot + 8)] + text[zone..] : text;
        return DateTimeOffset.TryParseExact(
            shortened, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out timestamp);
    }

    /// <summary>A timestamp with nine fractional digits (contract section 5). .NET has seven, so the last two are made up.</summary>
    public static string Format(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)
        + (at.Ticks % 97 + 1).ToString("D2", CultureInfo.InvariantCulture) + "Z";

    /// <summary>The "meta" of a resource.</summary>
    public static JsonObject Meta(DateTimeOffset created, DateTimeOffset? updated)
    {
        var timestamps = new JsonObject { ["created_at"] = Format(created) };
        timestamps.AddUnlessNull("updated_at", updated is { } at ? Format(at) : null);
        return new JsonObject { ["timestamps"] = timestamps };
    }
}
