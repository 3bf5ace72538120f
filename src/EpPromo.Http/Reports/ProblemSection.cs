using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>What did not succeed, and what to do about it.</summary>
internal static class ProblemSection
{
    /// <summary>
    /// More places of one problem would hide the other problems. The promotions themselves have a mark, and the JSON report has all.
    /// </summary>
    private const int MaxPlaces = 20;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Report report)
    {
        int open = report.Totals.OpenProblems;
        int resolved = report.Problems.Count - open;
        string? count = report.Problems.Count == 0 ? null : $"{open} open, {resolved} resolved";
        Dictionary<(string? Store, string Kind, string PromotionId), string> anchors = PromotionSection.AnchorsOf(report);
        ReportPage.Section(html, "problems", "Problems", count, () =>
        {
            if (report.Problems.Count == 0)
            {
                html.Element("p", "empty", report.Totals.Jobs == 0 ? SR.ReportEmpty
                    : AreProblemsUnknown(report) ? SR.ReportUnknownProblems
                    : SR.ReportNoProblems);
                return;
            }

            html.Element("ul", "problems", () =>
            {
                foreach (ReportProblem problem in report.Problems)
                {
                    WriteProblem(html, problem, anchors);
                }
            });
        });
    }

    /// <summary>Whether jobs did not complete that other jobs, which are not in the report, can have made up for.</summary>
    public static bool AreProblemsUnknown(Report report) =>
        report.Problems.Count == 0 && report.Totals.FailedJobs + report.Totals.CancelledJobs > 0;

    private static void WriteProblem(
        HtmlWriter html, ReportProblem problem, Dictionary<(string? Store, string Kind, string PromotionId), string> anchors) => html.Element("li", () =>
    {
        html.Element("h3", () =>
        {
            html.Status(problem.IsResolved ? "resolved" : "open");
            html.Text(" ");
            html.Element("code", null, problem.ErrorId);
            if (problem.Places[0].Run is { } run)
            {
                html.Element("span", "name", $" in run {run}");
            }

            if (problem.Places.Count > 1)
            {
                html.Element("span", "tag", $"{ReportText.Number(problem.Places.Count)} times");
            }
        });
        html.Element("p", "name", problem.Reason.Length > 0 ? problem.Reason
            : problem.Places.Count == 1 ? problem.Places[0].Message
            : "For example: " + problem.Places[0].Message);
        html.Element("p", "action", () =>
        {
            html.Element("b", null, "What to do: ");
            html.Element("span", "name", problem.RecommendedAction);
        });
        html.Element("p", "places", () =>
        {
            html.Text("Where: ");
            string separator = "";
            foreach (ReportProblemPlace place in problem.Places.Take(MaxPlaces))
            {
                html.Text(separator);
                separator = ", ";
                WritePlace(html, place, anchors);
            }

            if (problem.Places.Count > MaxPlaces)
            {
                html.Text($", and {ReportText.Number(problem.Places.Count - MaxPlaces)} more");
            }
        });
    });

    private static void WritePlace(
        HtmlWriter html, ReportProblemPlace place, Dictionary<(string? Store, string Kind, string PromotionId), string> anchors)
    {
        string promotion = place.PromotionName.Length > 0 ? place.PromotionName : place.PromotionId;
        anchors.TryGetValue(place.Key, out string? anchor);
        html.Element("a", [("class", "name"), ("href", "#" + anchor)], () => html.Text(promotion));
        if (place.JobId is not null)
        {
            html.Element("span", "name", $" ({(string.IsNullOrEmpty(place.JobName) ? place.JobId : place.JobName)})");
        }
    }
}
