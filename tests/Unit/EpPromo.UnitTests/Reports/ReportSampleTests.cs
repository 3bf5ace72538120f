using EpPromo.Reports;
using EpPromo.UnitTests.Architecture;

namespace EpPromo.UnitTests.Reports;

/// <summary>Writes reports to the folder out/reports, for tests in a browser and for whoever wants to see some.</summary>
public sealed class ReportSampleTests
{
    [Fact]
    public async Task Samples_are_written()
    {
        string folder = Directory.CreateDirectory(Path.Combine(SourceTree.Documents, "..", "out", "reports")).FullName;
        (string Name, Report Report)[] samples =
        [
            ("empty", SampleReports.Build(new ReportBuilder())),
            ("five", SampleReports.Of(5, 6)),
            ("thousand", SampleReports.Of(1000, 20)),
            ("hostile", SampleReports.Hostile()),
        ];
        foreach ((string name, Report report) in samples)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(folder, name + ".html"), await SampleReports.WriteAsync(report, ReportFormat.Html), TestContext.Current.CancellationToken);
        }

        Assert.All(samples, sample => Assert.True(File.Exists(Path.Combine(folder, sample.Name + ".html"))));
    }
}
