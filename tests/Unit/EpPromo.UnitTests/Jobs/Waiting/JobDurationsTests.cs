using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class JobDurationsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly PromotionJob Running = new PromotionJob(Job(0, null)) { Status = JobStatuses.Processing };

    [Fact]
    public void Without_completed_jobs_there_is_no_estimate() => Assert.Null(JobDurations.Estimate(Running, [Running]));

    [Fact]
    public void The_estimate_is_the_median()
    {
        PromotionJob[] others = [Job(1, 10), Job(2, 300), Job(3, 20)];

        Assert.Equal(TimeSpan.FromSeconds(20), JobDurations.Estimate(Running, others));
    }

    [Fact]
    public void The_newest_five_count()
    {
        PromotionJob[] others = [Job(1, 900), Job(2, 900), Job(3, 900), Job(14, 10), Job(15, 10), Job(16, 10), Job(17, 10), Job(18, 10)];

        Assert.Equal(TimeSpan.FromSeconds(10), JobDurations.Estimate(Running, others));
    }

    [Fact]
    public void Jobs_that_failed_or_are_of_another_kind_or_size_do_not_count()
    {
        PromotionJob[] others =
        [
            new PromotionJob(Job(1, 10)) { Status = JobStatuses.Failed },
            new PromotionJob(Job(2, 10)) { Status = JobStatuses.Cancelled },
            new PromotionJob(Job(3, 10)) { JobType = JobTypes.Export },
            new PromotionJob(Job(4, 10)) { NumberOfCodes = 201 },
            new PromotionJob(Job(5, 10)) { NumberOfCodes = 49 },
        ];

        Assert.Null(JobDurations.Estimate(Running, others));
    }

    [Fact]
    public void Jobs_of_about_the_same_size_count() =>
        Assert.Equal(TimeSpan.FromSeconds(10), JobDurations.Estimate(Running, [new PromotionJob(Job(1, 10)) { NumberOfCodes = 200 }]));

    [Fact]
    public void Jobs_without_times_do_not_count() =>
        Assert.Null(JobDurations.Estimate(Running, [new PromotionJob(Job(1, 10)) { CreatedAt = null }]));

    private static PromotionJob Job(int minute, int? seconds) => new()
    {
        JobId = "j",
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Status = JobStatuses.Completed,
        NumberOfCodes = 100,
        CreatedAt = Noon.AddMinutes(minute),
        UpdatedAt = seconds is { } duration ? Noon.AddMinutes(minute).AddSeconds(duration) : null,
    };
}
