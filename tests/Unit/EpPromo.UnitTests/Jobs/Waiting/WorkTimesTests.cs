using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class WorkTimesTests
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_samples_there_is_no_estimate() => Assert.Null(Estimate([]));

    [Fact]
    public void The_estimate_has_the_shortest_the_median_and_the_longest() =>
        Assert.Equal(new WorkEstimate(Seconds(10), Seconds(20), Seconds(300)), Estimate([Sample(1, 10), Sample(2, 300), Sample(3, 20)]));

    [Fact]
    public void The_newest_five_count()
    {
        WorkSample[] samples = [Sample(1, 900), Sample(2, 1), Sample(3, 900), .. Enumerable.Range(14, 5).Select(minute => Sample(minute, 10))];

        Assert.Equal(Exactly(10), Estimate(samples));
    }

    [Fact]
    public void Jobs_of_another_kind_or_size_do_not_count() => Assert.Null(Estimate(
    [
        Sample(1, 10) with { JobType = JobTypes.Export },
        Sample(2, 10) with { NumberOfCodes = 201 },
        Sample(3, 10) with { NumberOfCodes = 49 },
    ]));

    [Fact]
    public void Jobs_of_about_the_same_size_count_unless_there_are_some_of_the_same_size()
    {
        WorkSample similar = Sample(2, 10) with { NumberOfCodes = 200 };

        Assert.Equal(Exactly(10), Estimate([similar]));
        Assert.Equal(Exactly(7), Estimate([Sample(1, 7), similar]));
    }

    [Fact]
    public void Times_that_may_include_the_queue_count_only_if_no_others_are_known()
    {
        WorkSample exact = Sample(1, 7) with { IsExact = true };

        Assert.Equal(Exactly(7), Estimate([exact, Sample(2, 400)]));
    }

    [Fact]
    public void A_time_that_may_include_the_queue_counts_if_it_is_the_shortest()
    {
        WorkTimes times = new();
        times.Add(Sample(1, 20) with { IsExact = true });
        times.Add(Sample(2, 400));
        times.Add(Sample(3, 5));

        Assert.Equal(new WorkEstimate(Seconds(5), Seconds(20), Seconds(20)), Estimate(times.Samples));
    }

    /// <summary>In a long wait, nearly all jobs are first seen when they have ended.</summary>
    [Fact]
    public void Times_that_may_include_the_queue_do_not_push_the_exact_ones_out()
    {
        WorkTimes times = new();
        times.Add(Sample(0, 20) with { IsExact = true });
        foreach (int minute in Enumerable.Range(1, 100))
        {
            times.Add(Sample(minute, 400));
        }

        Assert.Equal(Exactly(20), Estimate(times.Samples));
    }

    [Fact]
    public void Of_a_list_the_jobs_that_have_completed_and_have_times_are_samples()
    {
        PromotionJob completed = new()
        {
            JobType = JobTypes.Generate, Status = JobStatuses.Completed, NumberOfCodes = 100, CreatedAt = s_noon, UpdatedAt = s_noon.AddSeconds(10),
        };

        PromotionJob[] jobs =
        [
            completed,
            new PromotionJob(completed) { Status = JobStatuses.Failed },
            new PromotionJob(completed) { Status = JobStatuses.Cancelled },
            new PromotionJob(completed) { Status = JobStatuses.Processing },
            new PromotionJob(completed) { CreatedAt = null },
            new PromotionJob(completed) { UpdatedAt = null },
        ];

        Assert.Equal([Sample(0, 10)], WorkSample.Of(jobs));
    }

    private static WorkEstimate? Estimate(IEnumerable<WorkSample> samples) => WorkTimes.Estimate(JobTypes.Generate, 100, samples);

    private static WorkEstimate Exactly(double seconds) => new(Seconds(seconds), Seconds(seconds), Seconds(seconds));

    private static WorkSample Sample(int minute, double seconds) =>
        new(JobTypes.Generate, 100, s_noon.AddMinutes(minute), Seconds(seconds), IsExact: false);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
