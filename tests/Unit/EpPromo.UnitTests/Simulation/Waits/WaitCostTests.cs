namespace EpPromo.UnitTests.Simulation;

/// <summary>How late the ends of jobs are noticed, and how many requests that takes. Time is virtual, so it is the same on every machine.</summary>
public class WaitCostTests
{
    /// <summary>The duration of a job is not known in advance, so each test of a single job tries durations of 10 % more and less.</summary>
    private static readonly double[] s_variations = [.. Enumerable.Range(-5, 11).Select(step => 1 + (0.02 * step))];

    [Theory]
    [InlineData(2, 0.3, 6)]
    [InlineData(20, 0.5, 25)]
    [InlineData(60, 0.7, 68)]
    [InlineData(200, 4, 128)]
    public void The_end_of_a_job_without_history_is_noticed_within_half_a_second_or_2_percent(double seconds, double meanLateness, int polls)
    {
        List<FaultFreeWaits> waits = [.. s_variations.Select(factor => new FaultFreeWaits(1, Store(seconds * factor)).Run())];

        Assert.InRange(waits.Average(wait => wait.Lateness[0].TotalSeconds), 0, meanLateness);
        Assert.All(waits, wait => Assert.InRange(wait.Polls, 1, polls));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(20, 3)]
    [InlineData(200, 5)]
    public void The_end_of_a_job_with_history_is_noticed_at_once_with_few_polls(double seconds, int polls)
    {
        FaultFreeWaits wait = new FaultFreeWaits(1, Store(seconds)).WithHistory(5).Run();

        Assert.InRange(wait.Lateness[0].TotalSeconds, 0, 0.3);
        Assert.InRange(wait.Polls, 1, polls);
    }

    [Fact]
    public void The_ends_of_a_thousand_jobs_are_noticed_within_seconds()
    {
        FaultFreeWaits waits = ThousandJobs(Store(20));

        Assert.InRange(waits.Elapsed / waits.LowerBound, 1, 1.02);
        Assert.InRange(waits.LatenessOf(0.5).TotalSeconds, 0, 0.6);
        Assert.InRange(waits.LatenessOf(0.95).TotalSeconds, 0, 2);
        Assert.InRange(waits.LatenessOf(1).TotalSeconds, 0, 3);
        Assert.InRange((double)waits.Polls / waits.Lateness.Count, 1, 2);
    }

    [Fact]
    public void A_thousand_jobs_of_varying_duration_take_few_polls_more()
    {
        FaultFreeWaits waits = ThousandJobs(Store(20) with { ShortestJob = TimeSpan.FromSeconds(14), LongestJob = TimeSpan.FromSeconds(26) });

        Assert.InRange(waits.Elapsed / waits.LowerBound, 1, 1.06);
        Assert.InRange(waits.LatenessOf(0.5).TotalSeconds, 0, 1.5);
        Assert.InRange(waits.LatenessOf(0.95).TotalSeconds, 0, 10);
        Assert.InRange((double)waits.Polls / waits.Lateness.Count, 1, 4);
    }

    /// <summary>Then each pending job must be polled by itself, with what the request limit allows.</summary>
    [Fact]
    public void A_store_that_begins_jobs_in_any_order_is_waited_for_as_well()
    {
        FaultFreeWaits waits = ThousandJobs(Store(20) with { BeginsJobsInAnyOrder = true });

        Assert.InRange(waits.Elapsed / waits.LowerBound, 1, 1.1);
        Assert.InRange(waits.LatenessOf(0.5).TotalSeconds, 0, 5);
        Assert.InRange(waits.LatenessOf(0.95).TotalSeconds, 0, 80);
        Assert.InRange((double)waits.Polls / waits.Lateness.Count, 1, 10);
    }

    [Fact]
    public void A_store_that_counts_the_codes_of_a_running_job_is_polled_less_often()
    {
        FaultFreeWaits wait = new FaultFreeWaits(1, Store(20) with { CountsWhileProcessing = true }).Run();

        Assert.InRange(wait.Lateness[0].TotalSeconds, 0, 1);
        Assert.InRange(wait.Polls, 1, 8);
    }

    private static FaultFreeWaits ThousandJobs(StoreBehaviour store) =>
        new FaultFreeWaits(1000, store with { Concurrency = 50, RequestsPerSecond = 25 }).Run();

    private static StoreBehaviour Store(double seconds) => new()
    {
        ShortestJob = TimeSpan.FromSeconds(seconds), LongestJob = TimeSpan.FromSeconds(seconds),
    };
}
