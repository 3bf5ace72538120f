using System.Globalization;

namespace EpPromo;

/// <summary>How often codes were used on one day.</summary>
public sealed class DailyUses
{
    internal DailyUses(DateTime date, long timesUsed)
    {
        Date = date;
        TimesUsed = timesUsed;
    }

    /// <summary>The day, in local time.</summary>
    public DateTime Date { get; }

    /// <summary>How often codes were used on that day.</summary>
    public long TimesUsed { get; }

    /// <summary>For example "2026-11-28: 12".</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd}: {1}", Date, TimesUsed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DailyUses other && Date == other.Date && TimesUsed == other.TimesUsed;

    /// <inheritdoc/>
    public override int GetHashCode() => Date.GetHashCode();
}
