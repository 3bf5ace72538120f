namespace EpPromo.Reports;

/// <summary>How codes are used, in a report. Its properties are those of the JSON report; see <see cref="CodeMeasurement"/>.</summary>
internal sealed record ReportUsage
{
    public long Codes { get; init; }

    public long Used { get; init; }

    public long TimesUsed { get; init; }

    public long? UsesLeft { get; init; }

    public double? RedeemedPercent { get; init; }

    public DateTimeOffset? FirstUsed { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>What was measured.</summary>
    public static ReportUsage Of(CodeMeasurement measurement) => new()
    {
        Codes = measurement.Codes,
        Used = measurement.Used,
        TimesUsed = measurement.TimesUsed,
        UsesLeft = measurement.UsesLeft,
        RedeemedPercent = measurement.RedeemedPercent,
        FirstUsed = measurement.FirstUsed,
        LastUsed = measurement.LastUsed,
    };
}
