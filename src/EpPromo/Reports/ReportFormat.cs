namespace EpPromo.Reports;

/// <summary>The format of a report's file.</summary>
internal enum ReportFormat
{
    /// <summary>A page for people: one file that needs no other one.</summary>
    Html,

    /// <summary>The same content for scripts (docs/help/Export-EpPromotionReport.md, "JSON").</summary>
    Json,
}
