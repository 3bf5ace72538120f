using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>The totals of a report, as tiles.</summary>
internal static class TotalsSection
{
    /// <summary>Writes them.</summary>
    public static void Write(HtmlWriter html, Report report) => html.Element("dl", [("class", "totals"), ("aria-label", "Totals")], () =>
    {
        ReportTotals totals = report.Totals;
        Tile("Codes", ReportText.Number(totals.Generated), totals.Requested is { } requested ? $"of {ReportText.Number(requested)} requested" : "generated");
        Tile("Jobs", ReportText.Number(totals.Jobs), JobsBy(totals));
        Tile("Runs", ReportText.Number(totals.Runs), $"{ReportText.Number(totals.CompletedRuns)} completed");
        Tile("Promotions", ReportText.Number(totals.Promotions), null);
        Tile("Open problems", ReportText.Number(totals.OpenProblems), null, ProblemStatus(report));
        Tile("Time", ReportText.Duration(totals.LastChanged - totals.Started), totals.Started is { } started ? "from " + ReportText.Time(started) : null);

        void Tile(string title, string value, string? note, string? status = null) => html.Element("div", [("data-tile", status)], () =>
        {
            html.Element("dt", null, title);
            html.Element("dd", null, value);
            if (note is not null)
            {
                html.Element("dd", null, note);
            }
        });
    });

    /// <summary>No open problem is a success only if there are jobs, and if all their problems are known.</summary>
    private static string? ProblemStatus(Report report) => report.Totals.OpenProblems > 0 ? "failed"
        : report.Totals.Jobs == 0 || ProblemSection.AreProblemsUnknown(report) ? null
        : "completed";

    /// <summary>"15 completed, 3 failed": a line ends between the counts, not between a count and its word.</summary>
    private static string JobsBy(ReportTotals totals) => string.Join(", ", new[]
    {
        (Count: totals.CompletedJobs, Text: "completed"),
        (Count: totals.FailedJobs, Text: "failed"),
        (Count: totals.CancelledJobs, Text: "cancelled"),
        (Count: totals.ActiveJobs, Text: "active"),
    }.Where(part => part.Count > 0).Select(part => $"{ReportText.Number(part.Count)}\u00A0{part.Text}"));
}
