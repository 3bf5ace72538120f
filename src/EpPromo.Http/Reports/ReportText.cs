using System.Globalization;

namespace EpPromo.Http.Reports;

/// <summary>Numbers and times as a report shows them. Times are UTC, so that they mean the same to whoever gets the file.</summary>
internal static class ReportText
{
    /// <summary>"25,000".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-29 08:30:05"; "–" if it is not known.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>The time for a machine, in an attribute.</summary>
    public static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>"0.4 s", "12 s", "3 min 20 s", "2 h 5 min", "4 d 3 h"; "–" if it is not known.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalSeconds: < 9.95 } time => string.Format(CultureInfo.InvariantCulture, "{0:0.0} s", Math.Max(0, time.TotalSeconds)),
        { } time => WholeSeconds(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero))),
    };

    /// <summary>"4.5 %"; "–" if it is not known.</summary>
    public static string Percent(double? percent) => percent is { } known
        ? string.Format(CultureInfo.InvariantCulture, "{0:0.##} %", known)
        : "–";

    private static string WholeSeconds(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } time => string.Format(CultureInfo.InvariantCulture, "{0} s", time.Seconds),
        { TotalHours: < 1 } time => Two((int)time.TotalMinutes, "min", time.Seconds, "s"),
        { TotalDays: < 1 } time => Two((int)time.TotalHours, "h", time.Minutes, "min"),
        { } time => Two(time.Days, "d", time.Hours, "h"),
    };

    private static string Two(int one, string unit, int other, string otherUnit) => other == 0
        ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", one, unit)
        : string.Format(CultureInfo.InvariantCulture, "{0} {1} {2} {3}", one, unit, other, otherUnit);
}
