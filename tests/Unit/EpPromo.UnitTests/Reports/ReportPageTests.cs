using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using EpPromo.Api;
using EpPromo.Reports;

namespace EpPromo.UnitTests.Reports;

/// <summary>The page of a report. It is well-formed XML, so that it can be read here as a browser does.</summary>
public sealed class ReportPageTests
{
    private static readonly string[] s_attributesWithLinks = ["href", "src", "action", "data", "poster", "srcset", "style"];

    [Fact]
    public async Task Markup_in_names_and_errors_is_text()
    {
        XDocument page = await PageOf(SampleReports.Hostile());

        Assert.All(page.Descendants(), element => Assert.DoesNotContain(element.Name.LocalName, (string[])["script", "img", "iframe", "object", "link", "base", "form"]));
        Assert.All(page.Descendants().Attributes(), attribute => Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.Equal(SampleReports.HostileName, page.Descendants("title").Single().Value);
        Assert.Equal(SampleReports.HostileName, page.Descendants("h1").Single().Elements("span").Last().Value);
        Assert.Equal(SampleReports.HostileName, page.Descendants("summary").Elements("h3").Single().Value);
        Assert.Contains(page.Descendants("th"), cell => cell.Value.StartsWith(SampleReports.HostileName, StringComparison.Ordinal));
        Assert.Contains(page.Descendants("td"), status => (string?)status.Attribute("class") == "status" && status.Value == SampleReports.HostileName);
        Assert.Contains(page.Descendants().Attributes("aria-label"), label => label.Value == "Jobs of " + SampleReports.HostileName);
    }

    [Fact]
    public async Task Characters_that_no_page_may_contain_are_replaced()
    {
        string page = Encoding.UTF8.GetString(await SampleReports.WriteAsync(SampleReports.Hostile(), ReportFormat.Html));

        Assert.DoesNotContain('\u0001', page);
        Assert.DoesNotContain('\uFFFE', page);
        Assert.Contains("\uFFFD\uFFFD\uFFFD 0002/0002", page, StringComparison.Ordinal);
    }

    /// <summary>A ticket or a mail has the file only.</summary>
    [Fact]
    public async Task It_needs_no_other_file_and_no_script()
    {
        XDocument page = await PageOf(SampleReports.Of(5, 4));

        Assert.Empty(page.Descendants("script"));
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.All(
            page.Descendants().Attributes().Where(attribute => s_attributesWithLinks.Contains(attribute.Name.LocalName)),
            link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
        Assert.Contains(page.Descendants("meta"), meta => ((string?)meta.Attribute("content"))?.StartsWith("default-src 'none'", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Links_and_labels_point_to_elements_that_exist_once()
    {
        XDocument page = await PageOf(SampleReports.Of(5, 4));
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("a").Attributes("href"), link => Assert.Contains(link.Value[1..], ids));
        Assert.All(page.Descendants().Attributes("aria-labelledby"), label => Assert.Contains(label.Value, ids));
        Assert.NotEmpty(page.Descendants("p").Where(places => (string?)places.Attribute("class") == "places").Elements("a"));
    }

    [Fact]
    public async Task Every_promotion_and_job_is_shown_with_what_it_did()
    {
        Report report = SampleReports.Of(5, 4);
        XDocument page = await PageOf(report);

        XElement[] promotions = [.. page.Descendants("details").Where(details => (string?)details.Attribute("class") == "promotion")];
        Assert.Equal(report.Promotions.Select(promotion => promotion.PromotionName), promotions.Select(one => one.Descendants("h3").Single().Value));
        Assert.Equal(report.Promotions.SelectMany(promotion => promotion.Jobs).Count(), promotions.Descendants("tbody").Elements("tr").Count());
        Assert.All(promotions, promotion => Assert.NotNull(promotion.Attribute("open")));
        Assert.All(promotions, promotion => Assert.NotEmpty(promotion.Element("summary")!.Elements("svg")));
        Assert.Contains("internal error", promotions.Descendants("span").Where(span => (string?)span.Attribute("class") == "error").Select(span => span.Value));
    }

    /// <summary>The columns of the chart have as many jobs as the report.</summary>
    [Fact]
    public async Task The_timeline_counts_every_job()
    {
        Report report = SampleReports.Of(5, 4);
        XDocument page = await PageOf(report);

        XElement[] rows = [.. page.Descendants("details").Single(details => (string?)details.Attribute("class") == "numbers").Descendants("tbody").Elements()];
        int[] sums = [.. Enumerable.Range(0, 4).Select(column => rows.Sum(row => int.Parse(row.Elements("td").ElementAt(column).Value, CultureInfo.InvariantCulture)))];
        Assert.Equal([report.Totals.CompletedJobs, report.Totals.FailedJobs, 0, 0], sums);
        Assert.NotEqual(0, report.Totals.FailedJobs);
        Assert.NotEmpty(page.Descendants("svg").Single(svg => (string?)svg.Attribute("role") == "img").Elements("rect"));
    }

    [Fact]
    public async Task A_report_of_nothing_says_so()
    {
        XDocument page = await PageOf(SampleReports.Build(new ReportBuilder()));

        Assert.Equal(4, page.Descendants("p").Count(text => text.Value == SR.ReportEmpty));
        Assert.Empty(page.Descendants("table"));
        Assert.Empty(page.Descendants("details"));
        Assert.Empty(page.Descendants("div").Attributes("data-tile"));
    }

    [Fact]
    public async Task A_promotion_without_jobs_is_shown()
    {
        ReportBuilder builder = new();
        builder.Of(null, "1", "Summer");

        XDocument page = await PageOf(SampleReports.Build(builder));

        Assert.Equal("Summer", page.Descendants("summary").Single().Element("h3")!.Value);
        Assert.Contains(page.Descendants("p"), text => text.Value == SR.ReportNoJobs);
    }

    [Fact]
    public async Task Promotions_with_the_same_id_in_two_kinds_have_their_own_mark_and_link()
    {
        ReportBuilder builder = new();
        foreach (string kind in new[] { "Rule", "Standard" })
        {
            bool isFailed = kind == "Rule";
            builder.Of(new NamedStore("Shop", kind), "1", "Summer").Add(SampleReports.Job("1", "Summer", "Newsletter", 1, isFailed), isRunWhole: false);
        }

        XDocument page = await PageOf(SampleReports.Build(builder));

        XElement marked = Assert.Single(page.Descendants("summary"), summary => summary.Value.Contains("open", StringComparison.Ordinal)).Parent!;
        Assert.DoesNotContain("Standard", marked.Element("summary")!.Value, StringComparison.Ordinal);
        XElement link = Assert.Single(page.Descendants("p").Where(places => (string?)places.Attribute("class") == "places").Elements("a"));
        Assert.Equal("#" + (string?)marked.Attribute("id"), (string?)link.Attribute("href"));
    }

    [Fact]
    public async Task Without_whole_runs_the_page_says_what_is_not_known()
    {
        ReportBuilder builder = new();
        builder.Of(null, "1", "Summer").Add(SampleReports.Job("1", "Summer", "bf26 0001/0001", 1, isFailed: true), isRunWhole: false);

        XDocument page = await PageOf(SampleReports.Build(builder));

        string[] notes = [.. page.Descendants("p").Select(text => text.Value)];
        Assert.Contains(SR.ReportPartialRuns, notes);
        Assert.Contains(SR.ReportUnknownProblems, notes);
        Assert.Empty(page.Descendants("div").Attributes("data-tile"));
    }

    /// <summary>Elements cost a browser more than bytes do: the bars of a promotion are one shape for each outcome, and jobs without a problem have no line.</summary>
    [Fact]
    public async Task A_thousand_promotions_with_twenty_thousand_jobs_stay_small()
    {
        byte[] file = await SampleReports.WriteAsync(SampleReports.Of(1000, 20), ReportFormat.Html);
        XDocument page = Parse(file);

        Assert.InRange(file.Length, 1, 2_500_000);
        Assert.InRange(page.Descendants("svg").Elements().Count(), 1, 5000);
        XElement[] promotions = [.. page.Descendants("details").Where(details => (string?)details.Attribute("class") == "promotion")];
        Assert.Equal(1000, promotions.Length);
        Assert.Equal(354, promotions.Descendants("tbody").Elements("tr").Count());
        Assert.All(promotions.Descendants("tbody").Elements("tr"), row => Assert.Equal("failed", row.Element("td")!.Value));
        Assert.Contains("19 jobs completed with all codes.", promotions.First(promotion => promotion.Descendants("tr").Any()).Elements("p").Last().Value, StringComparison.Ordinal);
    }

    private static async Task<XDocument> PageOf(Report report) => Parse(await SampleReports.WriteAsync(report, ReportFormat.Html));

    private static XDocument Parse(byte[] file)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(file), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return WithoutNamespaces(XDocument.Load(reader));
    }

    /// <summary>The icon has the namespace of SVG, as a file of its own needs it.</summary>
    private static XDocument WithoutNamespaces(XDocument page)
    {
        foreach (XElement element in page.Descendants())
        {
            element.Name = element.Name.LocalName;
        }

        return page;
    }
}
