using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>A report as a page: one file that needs no other one, and no script.</summary>
internal static class ReportPage
{
    /// <summary>The page loads nothing and runs nothing, whatever is in it.</summary>
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page.</summary>
    public static void Write(HtmlWriter html, Report report)
    {
        ReportTimeline? timeline = ReportTimeline.Of(report);
        html.Element("html", [("lang", "en")], () =>
        {
            html.Element("head", () => WriteHead(html, report));
            html.Element("body", () =>
            {
                html.Element("a", [("class", "skip"), ("href", "#main")], () => html.Text("Skip to the content"));
                WriteHeader(html, report);
                html.Element("main", [("id", "main")], () =>
                {
                    TotalsSection.Write(html, report);
                    ProblemSection.Write(html, report);
                    TimelineSection.Write(html, report.Totals, timeline);
                    RunSection.Write(html, report);
                    PromotionSection.Write(html, report, timeline);
                });
                html.Element("footer", () => html.Element(
                    "p",
                    null,
                    "All times are UTC, by the clock of the store. A job’s time is from its creation to its last change, so it includes the wait for its turn."));
            });
        });
    }

    /// <summary>Writes a section with a heading.</summary>
    /// <param name="html">Receives it.</param>
    /// <param name="id">The id, for links.</param>
    /// <param name="title">The heading.</param>
    /// <param name="count">What stands beside the heading, or null.</param>
    /// <param name="content">Callback: writes what follows.</param>
    public static void Section(HtmlWriter html, string id, string title, string? count, Action content) =>
        html.Element("section", [("id", id), ("aria-labelledby", id + "-title")], () =>
        {
            html.Element("div", "section-head", () =>
            {
                html.Element("h2", [("id", id + "-title")], () => html.Text(title));
                if (count is not null)
                {
                    html.Element("p", "count", count);
                }
            });
            content();
        });

    private static void WriteHead(HtmlWriter html, Report report)
    {
        html.Element("meta", [("charset", "utf-8")]);
        html.Element("meta", [("http-equiv", "Content-Security-Policy"), ("content", ContentSecurityPolicy)]);
        html.Element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
        html.Element("meta", [("name", "referrer"), ("content", "no-referrer")]);
        html.Element("meta", [("name", "generator"), ("content", "EpPromo " + report.ModuleVersion)]);
        html.Element("title", () => html.Text(report.Title));
        html.Style(ReportAssets.Styles);
    }

    private static void WriteHeader(HtmlWriter html, Report report) => html.Element("header", () =>
    {
        html.Element("h1", () =>
        {
            html.Element("span", [("class", "icon"), ("aria-hidden", "true")], () => html.Raw(ReportAssets.Icon));
            html.Element("span", "name", report.Title);
        });
        html.Element("p", "facts", () =>
        {
            string[] stores = [.. report.Promotions.Select(promotion => promotion.Store).OfType<string>().Distinct(StringComparer.Ordinal)];
            html.Element("span", "name", string.Concat(stores.Select(store => store + " · ")));
            html.Text("as of ");
            html.Time(report.CreatedAt);
            html.Text(" UTC · EpPromo " + report.ModuleVersion);
        });
        html.Element("nav", [("aria-label", "Sections")], () =>
        {
            (string Id, string Title)[] sections = [("problems", "Problems"), ("timeline", "Timeline"), ("runs", "Runs"), ("promotions", "Promotions")];
            foreach ((string id, string title) in sections)
            {
                html.Element("a", [("href", "#" + id)], () => html.Text(title));
            }
        });
    });
}
