using EpPromo.Codes.Exports;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Codes;

/// <summary>How many codes a job has, until when some of them may be missing, and which other jobs have similar ones.</summary>
public class OwnCodesTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly PromotionJob s_job = Completed("own", 1, 10, 5);

    [Theory]
    [InlineData(9, nameof(SR.JobExportIncomplete))]
    [InlineData(10, null)]
    [InlineData(11, nameof(SR.CodesUnclear))]
    public void Another_number_than_reported_is_an_error(int found, string? expected)
    {
        Exception? error = Record.Exception(() => new JobCodes(s_job, null).ThrowIfWrong(found));

        Assert.Equal(expected, (error as EpPromoException)?.ErrorId);
        Assert.Null(new JobCodes(s_job, null).FindWarning(10));
    }

    [Fact]
    public void Fewer_than_requested_are_a_warning_if_no_number_is_reported_and_more_are_an_error()
    {
        JobCodes codes = new(new PromotionJob(s_job) { Generated = null }, null);

        codes.ThrowIfWrong(9);
        Assert.Contains("9 match", codes.FindWarning(9), StringComparison.Ordinal);
        Assert.Null(codes.FindWarning(10));

        // No job generates more than was requested, so one of them is of somebody else.
        Assert.Equal(nameof(SR.CodesUnclear), Assert.Throws<EpPromoException>(() => codes.ThrowIfWrong(11)).ErrorId);
    }

    [Fact]
    public void Without_any_number_there_is_always_a_warning()
    {
        JobCodes codes = new(new PromotionJob(s_job) { Generated = null, NumberOfCodes = null }, null);

        codes.ThrowIfWrong(3);
        Assert.Contains("3 codes", codes.FindWarning(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, 60)]
    [InlineData(0, 60)]
    [InlineData(20, 40)]
    [InlineData(61, 0)]
    public void Lists_may_lag_until_one_window_after_the_job_has_ended(int secondsAfterEnd, int expected)
    {
        Assert.Equal(
            TimeSpan.FromSeconds(expected), new JobCodes(s_job, null).LagAt(s_job.UpdatedAt!.Value.AddSeconds(secondsAfterEnd), s_window));
    }

    [Theory]
    [InlineData("summer", "completed", 5, 0, true)]
    [InlineData("SUMMER-", "completed", 5, 0, true)]
    [InlineData("sum", "completed", 5, 0, true)]
    [InlineData("summer26", "completed", 5, 0, true)]
    [InlineData(null, "completed", 5, 0, true)]
    [InlineData("winter", "completed", 5, 0, false)]
    [InlineData("summer", "completed", 0, 0, false)]
    [InlineData("summer", "cancelled", 5, 5, false)]
    [InlineData("summer", "cancelled", 5, 2, true)]
    [InlineData("summer", "processing", null, null, true)]
    public void Jobs_with_codes_that_look_the_same_are_known(string? prefix, string status, int? generated, int? deleted, bool expected)
    {
        PromotionJob other = new(Completed("other", 1, 10, 5)) { CodePrefix = prefix, Status = status, Generated = generated, Deleted = deleted };

        Assert.Equal(expected, new JobCodes(s_job, null).MayResemble(other));
        Assert.False(new JobCodes(s_job, null).MayResemble(new PromotionJob(other) { JobType = JobTypes.Export }));
        Assert.False(new JobCodes(s_job, null).MayResemble(new PromotionJob(other) { JobId = "own" }));
    }
}
