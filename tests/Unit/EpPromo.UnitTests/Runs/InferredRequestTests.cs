using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

/// <summary>What the jobs of a run reveal about what was requested. The run is 25 codes in batches of 10.</summary>
public class InferredRequestTests
{
    [Fact]
    public void The_last_batch_shows_the_count()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2));

        Assert.Equal((3, 10, 25), (request.Planned, request.BatchSize, request.ExactCount));
        Assert.False(request.MayMiss(25));
    }

    /// <summary>The batch says so when it is created.</summary>
    [Fact]
    public void An_active_last_batch_shows_the_count()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Active("c", 3, 5, 2));

        Assert.Equal(25, request.ExactCount);
        Assert.True(request.MayMiss(20));
    }

    [Fact]
    public void Before_the_last_batch_only_the_range_is_known()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Completed("b", 2, 10, 1));

        Assert.Equal((null, new CountRange(21, 30), 30), (request.ExactCount, request.Count, request.MaxCount));
        Assert.True(request.MayMiss(20));
    }

    [Fact]
    public void A_last_batch_of_the_full_size_shows_the_count()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 10, 2));

        Assert.Equal(30, request.ExactCount);
    }

    [Fact]
    public void A_single_batch_is_as_large_as_the_count()
    {
        InferredRequest request = Of(Planned(Completed("a", 1, 7, 0), 1));

        Assert.Equal((7, null), (request.ExactCount, request.BatchSize));
    }

    /// <summary>The second one was for the 4 codes that the first one did not generate.</summary>
    [Fact]
    public void A_batch_that_fell_short_does_not_change_the_count()
    {
        InferredRequest request = Of(Planned(Completed("a", 1, 7, 0, generated: 3), 1), Planned(Completed("b", 2, 4, 1), 1));

        Assert.Equal(7, request.ExactCount);
    }

    /// <summary>25 codes, of which the first batch generated 8. The fourth batch is for the missing two.</summary>
    [Fact]
    public void Additional_batches_do_not_change_the_count()
    {
        PromotionJob[] jobs =
            [Completed("a", 1, 10, 0, generated: 8), Completed("b", 2, 10, 1), Completed("c", 3, 7, 2, generated: 5), Completed("d", 4, 2, 3)];

        Assert.Equal(25, Of(jobs).ExactCount);
    }

    /// <summary>All batches are full, but the first one has generated less than requested: 27 or 28, or more, were requested.</summary>
    [Fact]
    public void A_run_that_may_miss_codes_is_not_taken_for_complete()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0, generated: 7), Completed("b", 2, 10, 1), Completed("c", 3, 10, 2));

        Assert.Equal((null, new CountRange(27, 30)), (request.ExactCount, request.Count));
        Assert.True(request.MayMiss(27));
    }

    [Fact]
    public void A_failed_attempt_says_nothing_about_the_count_if_another_one_does()
    {
        PromotionJob failed = Failed(Planned(Completed("a", 1, 1000, 0), 1));

        Assert.Equal(1000, Of(failed).ExactCount);
        Assert.Equal(7, Of(failed, Planned(Completed("b", 1, 7, 1), 1)).ExactCount);
    }

    /// <summary>The quota was used up, so the last batch failed each time. It was for the 5 codes that were missing.</summary>
    [Fact]
    public void A_failed_last_batch_shows_the_count()
    {
        PromotionJob[] jobs = [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Failed(Completed("c", 3, 5, 2)), Failed(Completed("d", 4, 5, 3))];

        Assert.Equal(25, Of(jobs).ExactCount);
        Assert.True(Of(jobs).MayMiss(20));
    }

    /// <summary>Somebody tried to resume the run with another count, which the store rejected. The last batch is for the right one.</summary>
    [Fact]
    public void A_failed_batch_that_contradicts_the_others_is_ignored()
    {
        PromotionJob[] jobs = [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Failed(Completed("c", 3, 9, 2)), Completed("d", 4, 5, 3)];

        Assert.Equal(25, Of(jobs).ExactCount);
        Assert.False(Of(jobs).MayMiss(25));
    }

    /// <summary>Two runners that did not know of each other have generated the second batch twice; 5 codes of one of them are surplus.</summary>
    [Fact]
    public void A_batch_that_exists_twice_hides_the_count_but_not_that_nothing_is_missing()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 2, 10, 1));

        Assert.Null(request.ExactCount);
        Assert.False(request.MayMiss(30));
    }

    [Fact]
    public void Jobs_of_different_requests_say_nothing()
    {
        InferredRequest request = Of(Completed("a", 1, 10, 0), Planned(Completed("b", 2, 10, 1), 9));

        Assert.Equal((null, null, null), (request.Planned, request.ExactCount, request.MaxCount));
        Assert.True(request.MayMiss(20));
    }

    /// <summary>A store need not show the parameters of jobs.</summary>
    [Fact]
    public void Without_sizes_a_run_is_complete_when_all_planned_batches_have_generated_codes()
    {
        PromotionJob[] jobs = [.. new[] { Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2) }
            .Select(job => new PromotionJob(job) { NumberOfCodes = null })];

        Assert.True(Of(jobs[..2]).MayMiss(20));
        Assert.False(Of(jobs).MayMiss(25));
        Assert.Equal((null, null), (Of(jobs).ExactCount, Of(jobs).MaxCount));
    }

    [Fact]
    public void A_size_that_no_job_has_is_not_computed_with()
    {
        InferredRequest request = Of(Planned(Completed("a", 1, int.MaxValue, 0, generated: 1), 5000));

        Assert.Equal((null, null), (request.ExactCount, request.MaxCount));
    }

    private static InferredRequest Of(params PromotionJob[] jobs)
    {
        RunJournal journal = new(Request);
        journal.Observe(jobs);
        return new InferredRequest(journal.Batches);
    }

    private static PromotionJob Planned(PromotionJob job, int planned) =>
        new(job) { Name = (BatchName.Parse(job.Name)!.Value with { Planned = planned }).ToString() };

    private static PromotionJob Failed(PromotionJob job) => new(job) { Status = JobStatuses.Failed, Generated = 0, Error = "quota" };
}
