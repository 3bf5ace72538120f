namespace EpPromo.UnitTests.Jobs;

/// <summary>The error of a job that failed or was cancelled: it says what the store reports about its codes, and no more.</summary>
public class JobEndedExceptionTests
{
    private static readonly PromotionJob s_job = new()
    {
        JobId = "j", PromotionId = "p", JobType = JobTypes.Generate, Name = "n", Status = JobStatuses.Cancelled, NumberOfCodes = 10,
    };

    [Theory]
    [InlineData(4, 4, "its codes were deleted")]
    [InlineData(4, 5, "its codes were deleted")]
    [InlineData(0, null, "its codes were deleted")]
    [InlineData(4, 3, "it generated 4 codes and deleted 3 of them")]
    [InlineData(1, 0, "it generated 1 code and deleted 0 of them")]
    [InlineData(4, null, "the store does not report whether its codes were deleted")]
    [InlineData(null, 4, "the store does not report whether its codes were deleted")]
    [InlineData(null, null, "the store does not report whether its codes were deleted")]
    public void The_error_of_a_cancelled_job_says_what_the_store_reports_about_its_codes(int? generated, int? deleted, string words)
    {
        JobEndedException error = new(new PromotionJob(s_job) { Generated = generated, Deleted = deleted });

        Assert.Equal(($"Job j of promotion p was cancelled; {words}.", nameof(SR.JobCancelled)), (error.Message, error.ErrorId));
    }

    [Fact]
    public void A_cancelled_export_created_no_file() => Assert.Equal(
        "Job j of promotion p was cancelled; it created no file.", new JobEndedException(new PromotionJob(s_job) { JobType = JobTypes.Export }).Message);

    [Theory]
    [InlineData(4, 10, "it got 4 of 10 codes")]
    [InlineData(0, 1, "it got 0 of 1 code")]
    [InlineData(null, 10, "it got an unknown number of 10 codes")]
    [InlineData(4, null, "it got 4 of an unknown number")]
    public void A_job_that_reached_the_limit_says_how_many_codes_it_got(int? generated, int? requested, string words)
    {
        JobEndedException error = new(
            new PromotionJob(s_job) { Status = JobStatuses.Failed, Generated = generated, NumberOfCodes = requested, Error = "promotion code limit exceeded" });

        Assert.Equal(nameof(SR.CodesLimitExceeded), error.ErrorId);
        Assert.Equal($"Promotion p reached its code limit (promotion code limit exceeded): {words}.", error.Message);
    }

    [Theory]
    [InlineData("out of luck", "out of luck")]
    [InlineData(null, "no reason given")]
    public void A_failed_job_says_the_reason(string? reason, string words) => Assert.Equal(
        $"Job j of promotion p failed: {words}", new JobEndedException(new PromotionJob(s_job) { Status = JobStatuses.Failed, Error = reason }).Message);
}
