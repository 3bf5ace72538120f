using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>What several sections of a report have: statuses, times and bars.</summary>
internal static class StatusHtml
{
    /// <summary>Writes a status in the words of the store. The style sheet has a sign and a color for each that it knows.</summary>
    /// <param name="html">Receives it.</param>
    /// <param name="status">The status.</param>
    /// <param name="element">The name of the element.</param>
    public static void Status(this HtmlWriter html, string status, string element = "span") =>
        html.Element(element, [("class", "status"), ("data-status", KnownAs(status))], () => html.Text(status.Length > 0 ? status : "unknown"));

    /// <summary>Writes a time in UTC.</summary>
    public static void Time(this HtmlWriter html, DateTimeOffset? time)
    {
        if (time is null)
        {
            html.Text(ReportText.Time(null));
        }
        else
        {
            html.Element("time", [("datetime", ReportText.Iso(time))], () => html.Text(ReportText.Time(time)));
        }
    }

    /// <summary>Writes "900 of 1,000", and a bar if both are known.</summary>
    /// <param name="html">Receives it.</param>
    /// <param name="generated">How many codes there are.</param>
    /// <param name="requested">How many were requested.</param>
    /// <param name="maxRequested">How many were requested at most, if the exact number is not known.</param>
    /// <param name="unit">What follows the number where no heading says what it is.</param>
    public static void Progress(this HtmlWriter html, long generated, long? requested, long? maxRequested = null, string unit = "")
    {
        html.Element("span", "nowrap", () =>
        {
            html.Element("b", null, ReportText.Number(generated));
            if ((requested ?? maxRequested) is { } all)
            {
                html.Text($" of {(requested is null ? "≤ " : "")}{ReportText.Number(all)}");
            }

            html.Text(unit);
        });
        if (requested is > 0 and { } total)
        {
            double part = Math.Min(1, (double)generated / total);
            html.Element("svg", [("class", "bar"), ("viewBox", "0 0 100 4"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")], () =>
                html.Element("rect", [("width", SvgNumber.Of(part * 100)), ("height", "4"), ("data-bar", part < 1 ? "pending" : "completed")]));
        }
    }

    /// <summary>The name of the outcome in the style sheets.</summary>
    public static string NameOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Completed => "completed",
        JobOutcome.Failed => "failed",
        JobOutcome.Cancelled => "cancelled",
        _ => "unfinished",
    };

    private static string KnownAs(string status) => JobStatuses.IsCompleted(status) ? JobStatuses.Completed : status.ToLowerInvariant();
}
