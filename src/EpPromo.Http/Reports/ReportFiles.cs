using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using EpPromo.Reports;

namespace EpPromo.Http.Reports;

/// <summary>Writes reports as pages and as JSON.</summary>
internal sealed class ReportFiles : IReportFiles
{
    /// <summary>Letters of all scripts stay readable; what could end a script element of a page that contains the JSON is escaped.</summary>
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task WriteAsync(Report report, ReportFormat format, Stream destination, CancellationToken cancellationToken)
    {
        if (format == ReportFormat.Json)
        {
            await JsonSerializer.SerializeAsync(destination, report, s_json, cancellationToken);
        }
        else
        {
            using HtmlWriter html = new(destination, cancellationToken);
            ReportPage.Write(html, report);
        }
    }
}
