using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>The runs, each on all of its promotions.</summary>
internal static class RunSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Report report) =>
        ReportPage.Section(html, "runs", "Runs", null, () =>
        {
            if (report.Runs.Count == 0)
            {
                html.Element("p", "empty", report.Totals.Jobs == 0 ? SR.ReportEmpty
                    : report.Promotions.Any(promotion => promotion.Jobs.Any(job => job.Run is not null)) ? SR.ReportPartialRuns
                    : SR.ReportNoRuns);
                return;
            }

            html.Element("div", [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", "Table of runs")], () => html.Element("table", () =>
            {
                html.Element("thead", () => html.Element("tr", () =>
                {
                    Head("Run");
                    Head("Status");
                    Head("Codes");
                    Head("Promotions", "number optional");
                    Head("Jobs", "number optional");
                    Head("Retried", "number optional");
                    Head("Started", "when optional");
                    Head("Took", "number optional");
                }));
                html.Element("tbody", () =>
                {
                    foreach (ReportRun run in report.Runs)
                    {
                        WriteRun(html, run);
                    }
                });
            }));

            void Head(string title, string? @class = null) => html.Element("th", [("scope", "col"), ("class", @class)], () => html.Text(title));
        });

    private static void WriteRun(HtmlWriter html, ReportRun run) => html.Element("tr", () =>
    {
        html.Element("th", [("scope", "row")], () =>
        {
            html.Element("span", "name", run.Name);
            if (run.Kind != nameof(PromotionKind.Rule))
            {
                html.Element("span", "tag", run.Kind);
            }
        });
        html.Element("td", () => html.Status(run.Status));
        html.Element("td", () => html.Progress(run.Generated, run.Requested, run.MaxRequested));
        html.Element("td", "number optional", ReportText.Number(run.Promotions));
        html.Element("td", "number optional", ReportText.Number(run.Jobs));
        html.Element("td", "number optional", ReportText.Number(run.Retried));
        html.Element("td", "when optional", () => html.Time(run.Started));
        html.Element("td", "number optional", ReportText.Duration(run.Finished - run.Started));
    });
}
