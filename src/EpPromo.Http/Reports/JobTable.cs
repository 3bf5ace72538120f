using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>
/// The jobs of a promotion, as a table. There can be thousands of rows, so their elements are few: the style sheet finds the columns by their
/// position.
/// </summary>
internal static class JobTable
{
    private static readonly string[] s_titles = ["Job", "Status", "Codes", "Created", "Took"];

    /// <summary>Writes the table.</summary>
    /// <param name="html">Receives it.</param>
    /// <param name="label">What it is, for screen readers.</param>
    /// <param name="jobs">The jobs, at least one.</param>
    public static void Write(HtmlWriter html, string label, IEnumerable<ReportJob> jobs) =>
        html.Element("div", [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", label)], () => html.Element("table", () =>
        {
            html.Element("thead", () => html.Element("tr", () =>
            {
                foreach (string title in s_titles)
                {
                    html.Element("th", [("scope", "col")], () => html.Text(title));
                }
            }));
            html.Element("tbody", () =>
            {
                foreach (ReportJob job in jobs)
                {
                    WriteJob(html, job);
                }
            });
        }));

    private static void WriteJob(HtmlWriter html, ReportJob job) => html.Element("tr", () =>
    {
        html.Element("th", [("scope", "row")], () =>
        {
            html.Text(job.Name.Length > 0 ? job.Name : job.JobId);
            if (JobStatuses.Is(job.JobType, JobTypes.Export))
            {
                html.Element("span", "tag", "export");
            }

            if (job.Error is { } error)
            {
                html.Element("span", "error", error);
            }

            if (job.Outcome != JobOutcome.Completed && job.Name.Length > 0)
            {
                html.Element("span", "id", job.JobId);
            }
        });
        html.Status(job.Status, "td");
        html.Element("td", () => html.Text(Codes(job)));
        html.Element("td", () => html.Text(ReportText.Time(job.CreatedAt)));
        html.Element("td", () => html.Text(job.Outcome == JobOutcome.Active ? "–" : ReportText.Duration(job.UpdatedAt - job.CreatedAt)));
    });

    /// <summary>"1,000", or "300 of 1,000" if the job generated less, or has not ended.</summary>
    private static string Codes(ReportJob job) => (job.Generated, job.NumberOfCodes) switch
    {
        (null, null) => "–",
        ({ } generated, null) => ReportText.Number(generated),
        (null, { } requested) => job.Outcome == JobOutcome.Completed ? ReportText.Number(requested) : $"? of {ReportText.Number(requested)}",
        ({ } generated, { } requested) => generated == requested
            ? ReportText.Number(requested)
            : $"{ReportText.Number(generated)} of {ReportText.Number(requested)}",
    };
}
