using System.CommandLine.Parsing;
using System.Globalization;

namespace EpPromo.Sandbox.CommandLine;

/// <summary>Durations as people write them: 200ms, 1.5s, 5m, 1h, or 00:00:02.</summary>
internal static class Duration
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, double milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && TryParseNumber(text[..^unit.Length], out double number)
                && number * milliseconds <= TimeSpan.FromDays(365).TotalMilliseconds)
            {
                duration = TimeSpan.FromMilliseconds(number * milliseconds);
                return true;
            }
        }

        // A bare number would be read as days.
        duration = TimeSpan.Zero;
        return text == "0" || (text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration)
            && duration >= TimeSpan.Zero);
    }

    /// <summary>Reads the one argument of an option.</summary>
    public static TimeSpan Read(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!TryParse(text, out TimeSpan duration))
        {
            result.AddError($"'{text}' is not a duration. Write it like 200ms, 2s, 5m, 1h or 00:00:02.");
        }

        return duration;
    }

    private static bool TryParseNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
