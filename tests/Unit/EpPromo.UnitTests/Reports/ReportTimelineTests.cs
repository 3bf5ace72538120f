using System.Globalization;
using EpPromo.Http.Reports;
using EpPromo.Reports;

namespace EpPromo.UnitTests.Reports;

/// <summary>The intervals of a timeline, and how times are written.</summary>
public sealed class ReportTimelineTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(59, 1, 60)]
    [InlineData(60, 2, 31)]
    [InlineData(3600, 120, 31)]
    [InlineData(86400 * 90, 172800, 46)]
    [InlineData(86400L * 365 * 30, 86400 * 186, 60)]
    public void A_range_of_any_length_has_at_most_60_intervals_of_a_length_that_a_person_can_name(long seconds, long step, int count)
    {
        ReportTimeline timeline = ReportTimeline.Of(Between(seconds))!;

        Assert.Equal((step, count), ((long)timeline.Step.TotalSeconds, timeline.Counts.Count));
        Assert.Equal(2, timeline.Counts.Sum(counts => counts.Sum()));
        Assert.Equal((0, 1), (timeline.PositionOf(timeline.Start), timeline.PositionOf(timeline.End)));
    }

    [Fact]
    public void Jobs_without_times_have_no_timeline()
    {
        ReportBuilder builder = new();
        builder.Of(null, "1", "").Add(new PromotionJob { JobId = "1", Status = "completed" }, isRunWhole: false);

        Assert.Null(ReportTimeline.Of(SampleReports.Build(builder)));
    }

    [Theory]
    [InlineData("00:00:00.04", "0.0 s")]
    [InlineData("00:00:09.96", "10 s")]
    [InlineData("00:00:59.4", "59 s")]
    [InlineData("00:00:59.7", "1 min")]
    [InlineData("00:01:00", "1 min")]
    [InlineData("00:03:20", "3 min 20 s")]
    [InlineData("00:59:59.6", "1 h")]
    [InlineData("02:05:00", "2 h 5 min")]
    [InlineData("4.03:00:00", "4 d 3 h")]
    [InlineData("-00:00:01", "0.0 s")]
    public void Durations_have_two_units_at_most(string duration, string expected) =>
        Assert.Equal(expected, ReportText.Duration(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));

    /// <summary>A report of two jobs.</summary>
    private static Report Between(long seconds)
    {
        ReportBuilder builder = new();
        DateTimeOffset start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        builder.Of(null, "1", "").Add(new PromotionJob { JobId = "1", Status = "completed", CreatedAt = start }, isRunWhole: false);
        builder.Of(null, "1", "").Add(new PromotionJob { JobId = "2", Status = "completed", CreatedAt = start.AddSeconds(seconds) }, isRunWhole: false);
        return SampleReports.Build(builder);
    }
}
