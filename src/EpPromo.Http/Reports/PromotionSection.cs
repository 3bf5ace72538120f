using System.Globalization;
using System.Text;
using EpPromo.Reports;
using EpPromo.Text;

namespace EpPromo.Http.Reports;

/// <summary>The promotions: a line for each, which opens to show its runs and its jobs.</summary>
internal static class PromotionSection
{
    /// <summary>A report of so many jobs shows all of them at once. A longer one shows those of promotions with open problems.</summary>
    private const int MaxOpenJobs = 200;

    /// <summary>
    /// Of a report of more jobs, those that completed with all their codes are only counted: nobody reads so many lines, and the file would be
    /// too large for a mail. The JSON report has all.
    /// </summary>
    private const int MaxListedJobs = 5000;

    /// <summary>The ids of the elements, by the promotions.</summary>
    public static Dictionary<(string? Store, string Kind, string PromotionId), string> AnchorsOf(Report report)
    {
        Dictionary<(string? Store, string Kind, string PromotionId), string> anchors = [];
        for (int i = 0; i < report.Promotions.Count; i++)
        {
            anchors[report.Promotions[i].Key] = AnchorOf(i);
        }

        return anchors;
    }

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Report report, ReportTimeline? timeline) =>
        ReportPage.Section(html, "promotions", "Promotions", report.Promotions.Count == 0 ? null : ReportText.Number(report.Promotions.Count), () =>
        {
            if (report.Promotions.Count == 0)
            {
                html.Element("p", "empty", SR.ReportEmpty);
                return;
            }

            HashSet<(string? Store, string Kind, string PromotionId)> withOpenProblems =
                [.. report.Problems.Where(problem => !problem.IsResolved).SelectMany(problem => problem.Places).Select(place => place.Key)];
            int shown = 0;
            for (int i = 0; i < report.Promotions.Count; i++)
            {
                ReportPromotion promotion = report.Promotions[i];
                bool hasOpenProblems = withOpenProblems.Contains(promotion.Key);
                bool isOpen = (hasOpenProblems || report.Totals.Jobs <= MaxOpenJobs) && shown + promotion.Jobs.Count <= MaxOpenJobs;
                shown += isOpen ? promotion.Jobs.Count : 0;
                (string, string?)[] attributes = [("class", "promotion"), ("id", AnchorOf(i)), ("open", isOpen ? "" : null)];
                html.Element("details", attributes, () =>
                {
                    WriteSummary(html, promotion, hasOpenProblems, timeline);
                    WritePromotion(html, promotion, listsAll: report.Totals.Jobs <= MaxListedJobs);
                });
            }
        });

    private static string AnchorOf(int index) => "p" + (index + 1).ToString(CultureInfo.InvariantCulture);

    private static void WriteSummary(
        HtmlWriter html, ReportPromotion promotion, bool hasOpenProblems, ReportTimeline? timeline) => html.Element("summary", () =>
    {
        html.Element("h3", () =>
        {
            html.Element("span", "name", promotion.Label);
            if (promotion.Kind != nameof(PromotionKind.Rule))
            {
                html.Element("span", "tag", promotion.Kind);
            }
        });
        html.Element("span", "codes", () =>
        {
            html.Progress(promotion.Generated, promotion.Requested, unit: " codes");
        });
        html.Element("span", "jobs", () =>
        {
            html.Text(promotion.Jobs.Count == 1 ? "1 job" : $"{ReportText.Number(promotion.Jobs.Count)} jobs");
            if (hasOpenProblems)
            {
                html.Text(" ");
                html.Status("open");
            }
        });
        if (timeline is not null)
        {
            WriteLane(html, promotion, timeline);
        }
    });

    /// <summary>The jobs as bars from their creation to their last change, one path for each outcome: thousands of elements would be slow.</summary>
    private static void WriteLane(HtmlWriter html, ReportPromotion promotion, ReportTimeline timeline)
    {
        const double width = 1000;
        const double minWidth = 4;
        html.Element("svg", [("class", "lane"), ("viewBox", "0 0 1000 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")], () =>
        {
            IEnumerable<IGrouping<JobOutcome, ReportJob>> outcomes =
                promotion.Jobs.Where(job => job.CreatedAt is not null).GroupBy(job => job.Outcome).OrderBy(group => group.Key);
            foreach (IGrouping<JobOutcome, ReportJob> jobs in outcomes)
            {
                StringBuilder path = new();
                foreach (ReportJob job in jobs)
                {
                    double from = Math.Min(width - minWidth, width * timeline.PositionOf(job.CreatedAt!.Value));
                    DateTimeOffset end = jobs.Key == JobOutcome.Active ? timeline.End : job.UpdatedAt ?? job.CreatedAt.Value;
                    string length = SvgNumber.Of(Math.Max(minWidth, (width * timeline.PositionOf(end)) - from));
                    path.Append('M').Append(SvgNumber.Of(from)).Append(" 0h").Append(length).Append("v10h-").Append(length).Append('z');
                }

                html.Element("path", [("data-bar", StatusHtml.NameOf(jobs.Key)), ("d", path.ToString())]);
            }
        });
    }

    private static void WritePromotion(HtmlWriter html, ReportPromotion promotion, bool listsAll)
    {
        html.Element("p", "note name", promotion.PromotionId);
        if (promotion.Usage is { } usage)
        {
            html.Element("p", "note", () => WriteUsage(html, "All codes of the promotion", usage));
        }

        foreach (ReportPart run in promotion.Runs)
        {
            WriteRun(html, run);
        }

        List<ReportJob> listed = [.. promotion.Jobs.Where(job => listsAll || !IsAsRequested(job))];
        int others = promotion.Jobs.Count - listed.Count;
        if (listed.Count > 0)
        {
            JobTable.Write(html, "Jobs of " + promotion.Label, listed);
        }

        if (listed.Count == 0 || others > 0)
        {
            html.Element("p", "empty", others == 0 ? SR.ReportNoJobs : MessageText.Of(SR.ReportJobsNotListed, others));
        }
    }

    private static bool IsAsRequested(ReportJob job) =>
        job.Outcome == JobOutcome.Completed && (job.Generated is null || job.NumberOfCodes is null || job.Generated >= job.NumberOfCodes);

    private static void WriteRun(HtmlWriter html, ReportPart run) => html.Element("p", "run", () =>
    {
        html.Element("b", "name", "Run " + run.Name);
        html.Text(" ");
        html.Status(run.Status);
        List<string> facts = [$"{ReportText.Number(run.Generated)}{Requested(run)} codes"];
        if (run.CodePrefix is { Length: > 0 } prefix)
        {
            facts.Add($"prefix {prefix}");
        }

        facts.Add(run.MaxUsesPerCode is { } uses ? $"uses of a code: {ReportText.Number(uses)}" : "uses of a code: unlimited");
        if (run.Retried > 0)
        {
            facts.Add($"retried: {run.Retried}");
        }

        if (run.Path is { } path)
        {
            facts.Add("file: " + path);
        }

        html.Element("span", "name", " " + string.Join(" · ", facts));
        if (run.Error is { } error)
        {
            html.Element("span", "error name", error);
        }

        if (run.Usage is { } usage)
        {
            html.Element("span", "usage", () => WriteUsage(html, "Its codes", usage));
        }
    });

    private static void WriteUsage(HtmlWriter html, string subject, ReportUsage usage)
    {
        string last = usage.LastUsed is { } time ? $", the last time at {ReportText.Time(time)}" : "";
        string used = $"{ReportText.Number(usage.Used)} of {ReportText.Number(usage.Codes)} used ({ReportText.Percent(usage.RedeemedPercent)})";
        html.Text($"{subject}: {used}, {ReportText.Number(usage.TimesUsed)} uses in all{last}.");
    }

    private static string Requested(ReportPart run) =>
        (run.Requested ?? run.MaxRequested) is { } all ? $" of {(run.Requested is null ? "≤ " : "")}{ReportText.Number(all)}" : "";
}
