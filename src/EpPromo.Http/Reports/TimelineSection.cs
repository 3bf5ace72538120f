using EpPromo.Reports;
using EpPromo.Text;

namespace EpPromo.Http.Reports;

/// <summary>When the jobs were created: a column for each interval of time.</summary>
internal static class TimelineSection
{
    private const double ColumnWidth = 10;
    private const double Height = 100;

    /// <summary>From the bottom of a column to its top.</summary>
    private static readonly JobOutcome[] s_order = [JobOutcome.Completed, JobOutcome.Failed, JobOutcome.Cancelled, JobOutcome.Active];

    private static readonly string[] s_titles = ["Completed", "Failed", "Cancelled", "Active"];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, ReportTotals totals, ReportTimeline? timeline) =>
        ReportPage.Section(html, "timeline", "Timeline", timeline is null ? null : "Jobs by the time of their creation", () =>
        {
            if (timeline is null)
            {
                html.Element("p", "empty", totals.Jobs == 0 ? SR.ReportEmpty : SR.ReportNoTimes);
                return;
            }

            WriteLegend(html, totals);
            int max = timeline.Counts.Max(counts => counts.Sum());
            html.Element("div", "chart", () =>
            {
                html.Element("p", "scale", ReportText.Number(max));
                WriteColumns(html, timeline, max, totals.Jobs);
                html.Element("p", "ends", () =>
                {
                    html.Element("span", null, ReportText.Time(timeline.Start));
                    html.Element("span", null, "each column: " + ReportText.Duration(timeline.Step));
                    html.Element("span", null, ReportText.Time(timeline.End));
                });
            });
            WriteTable(html, timeline);
        });

    private static void WriteLegend(HtmlWriter html, ReportTotals totals) => html.Element("ul", "legend", () =>
    {
        (JobOutcome Outcome, int Count, string Text)[] entries =
        [
            (JobOutcome.Completed, totals.CompletedJobs, "completed"),
            (JobOutcome.Failed, totals.FailedJobs, "failed"),
            (JobOutcome.Cancelled, totals.CancelledJobs, "cancelled"),
            (JobOutcome.Active, totals.ActiveJobs, "active"),
        ];
        foreach ((JobOutcome outcome, int count, string text) in entries.Where(entry => entry.Count > 0))
        {
            html.Element("li", [("data-status", StatusHtml.NameOf(outcome))], () =>
            {
                html.Element("b", null, ReportText.Number(count));
                html.Text(" " + text);
            });
        }
    });

    private static void WriteColumns(HtmlWriter html, ReportTimeline timeline, int max, int jobs)
    {
        string text = MessageText.Of(
            SR.ReportChart, jobs, ReportText.Time(timeline.Start), ReportText.Time(timeline.End), max, ReportText.Duration(timeline.Step));
        (string, string?)[] attributes =
        [
            ("class", "columns"), ("role", "img"), ("aria-label", text), ("preserveAspectRatio", "none"),
            ("viewBox", $"0 0 {SvgNumber.Of(timeline.Counts.Count * ColumnWidth)} {SvgNumber.Of(Height)}"),
        ];
        html.Element("svg", attributes, () =>
        {
            for (int i = 0; i < timeline.Counts.Count; i++)
            {
                double top = Height;
                foreach (JobOutcome outcome in s_order.Where(outcome => timeline.Counts[i][(int)outcome] > 0))
                {
                    double height = Height * timeline.Counts[i][(int)outcome] / max;
                    top -= height;
                    html.Element("rect",
                    [
                        ("data-bar", StatusHtml.NameOf(outcome)), ("x", SvgNumber.Of((i * ColumnWidth) + 1)), ("y", SvgNumber.Of(top)),
                        ("width", SvgNumber.Of(ColumnWidth - 2)), ("height", SvgNumber.Of(height)),
                    ]);
                }
            }
        });
    }

    /// <summary>The chart in numbers, for screen readers and for whoever wants to know exactly.</summary>
    private static void WriteTable(HtmlWriter html, ReportTimeline timeline) => html.Element("details", "numbers", () =>
    {
        html.Element("summary", null, "In numbers");
        html.Element("div", [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Timeline in numbers")], () => html.Element("table", () =>
        {
            html.Element("thead", () => html.Element("tr", () =>
            {
                html.Element("th", [("scope", "col")], () => html.Text("From"));
                foreach (string title in s_titles)
                {
                    html.Element("th", [("scope", "col"), ("class", "number")], () => html.Text(title));
                }
            }));
            html.Element("tbody", () =>
            {
                for (int i = 0; i < timeline.Counts.Count; i++)
                {
                    int[] counts = timeline.Counts[i];
                    if (counts.Sum() > 0)
                    {
                        DateTimeOffset from = timeline.Start + TimeSpan.FromTicks(timeline.Step.Ticks * i);
                        html.Element("tr", () =>
                        {
                            html.Element("th", [("scope", "row")], () => html.Time(from));
                            foreach (JobOutcome outcome in s_order)
                            {
                                html.Element("td", "number", ReportText.Number(counts[(int)outcome]));
                            }
                        });
                    }
                }
            });
        }));
    });
}
