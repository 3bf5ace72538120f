using System.Globalization;

namespace EpPromo.Sandbox.Time;

/// <summary>Durations as people type them: 200ms, 1.5s, 5m, 1h, or 00:00:02.</summary>
internal static class Duration
{
    private static readonly (string Unit, double Milliseconds)[] s_units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach ((string unit, double milliseconds) in s_units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && TryParseNumber(text[..^unit.Length], out double number)
                && number * milliseconds <= TimeSpan.FromDays(365).TotalMilliseconds)
            {
                duration = TimeSpan.FromMilliseconds(number * milliseconds);
                return true;
            }
        }

        // TimeSpan would read a number without a unit as days.
        duration = TimeSpan.Zero;
        return text == "0" || (text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration)
            && duration >= TimeSpan.Zero);
    }

    private static bool TryParseNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
