using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads a time; one without a zone is local. PowerShell itself reads texts in the form of one country, and ignores a cell of a table that
/// it cannot convert.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeTransformationAttribute : OptionalTransformationAttribute
{
    private static readonly string[] s_forms = ["MM/dd/yyyy HH:mm:ss zzz", "MM/dd/yyyy HH:mm:ss"];

    private protected override object Read(object data) => data switch
    {
        DateTimeOffset => data,
        DateTime time => new DateTimeOffset(time),
        PSObject copy when copy.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        string text when TryParse(text.Trim(), out DateTimeOffset time) => time,
        _ => throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotTime, data)),
    };

    /// <summary>Years first, or the form in which PowerShell writes times into tables. Other forms differ between countries.</summary>
    private static bool TryParse(string text, out DateTimeOffset time) =>
        (text.Take(4).Count(c => c is >= '0' and <= '9') == 4
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time))
        || DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out time);
}
