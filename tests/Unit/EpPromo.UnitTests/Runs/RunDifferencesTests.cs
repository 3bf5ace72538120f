using EpPromo.Api;
using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

/// <summary>A run can be resumed only with the same parameters.</summary>
public class RunDifferencesTests
{
    private static readonly PromotionJob[] s_whole = [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2)];

    [Fact]
    public void A_run_is_resumed_with_the_same_parameters()
    {
        AssertIsResumed(Request, s_whole);
        AssertIsResumed(Request, s_whole[0]);
        AssertIsResumed(Request with { CodePrefix = "Summer-", CodeLength = 8, ConsumeUnit = ConsumeUnits.PerCheckout }, s_whole);
    }

    [Fact]
    public void Other_parameters_are_reported()
    {
        AssertDiffers("-CodePrefix was summer and is now winter", Request with { CodePrefix = "winter" }, s_whole);
        AssertDiffers("-CodePrefix was summer and is now not specified", Request with { CodePrefix = null }, s_whole);
        AssertDiffers("-CodeLength was 8 and is now 9", Request with { CodeLength = 9 }, s_whole);
        AssertDiffers("-MaxUsesPerCode was not specified and is now 1", Request with { MaxUsesPerCode = 1 }, s_whole);
        AssertDiffers(
            "-ConsumeUnit was per_checkout and is now per_application", Request with { ConsumeUnit = ConsumeUnits.PerApplication }, s_whole);
        AssertDiffers("planned number of jobs (-Count, -BatchSize) was 3 and is now 5", Request with { Count = 50 }, s_whole);
        AssertDiffers("size of the first job (-Count, -BatchSize) was 10 and is now 11", Request with { BatchSize = 11 }, s_whole);
    }

    /// <summary>The default of Promotions Standard is not documented: what is omitted can be the default that the store fills in.</summary>
    [Theory]
    [InlineData("per_cart")]
    [InlineData("per_item")]
    public void Of_promotions_standard_an_omitted_consume_unit_is_that_of_the_jobs(string unit)
    {
        CodeRunRequest request = Request with { Origin = new NamedStore(null, "Standard") };
        PromotionJob[] jobs = [.. s_whole.Take(2).Select(job => new PromotionJob(job) { ConsumeUnit = unit })];

        AssertIsResumed(request, jobs);
        AssertIsResumed(request with { ConsumeUnit = unit }, jobs);
        AssertIsResumed(request with { ConsumeUnit = unit }, [.. s_whole.Take(2)]);
        AssertDiffers($"-ConsumeUnit was {unit} and is now other", request with { ConsumeUnit = "other" }, jobs);
        Assert.Equal((unit, null), (UnitOfNextBatch(request, jobs), UnitOfNextBatch(request)));
        Assert.Null(UnitOfNextBatch(Request, jobs));
    }

    [Fact]
    public void Parameters_that_the_store_does_not_show_are_no_difference() => AssertIsResumed(
        Request, [.. s_whole.Select(job => new PromotionJob(job) { NumberOfCodes = null, CodePrefix = null })]);

    [Fact]
    public void A_failed_attempt_with_wrong_parameters_is_no_difference() =>
        AssertIsResumed(Request, new PromotionJob(Completed("a", 1, 10, 0)) { Status = JobStatuses.Failed, CodePrefix = "sumer", Generated = 0 });

    /// <summary>To resume with a smaller count would delete codes of a run that had ended.</summary>
    [Theory]
    [InlineData(24, "-Count was 25 or more and is now 24")]
    [InlineData(21, "-Count was 25 or more and is now 21")]
    [InlineData(26, "-Count was 25 or less and is now 26")]
    [InlineData(30, "-Count was 25 or less and is now 30")]
    public void Another_count_is_reported(int count, string difference) => AssertDiffers(difference, Request with { Count = count }, s_whole);

    [Fact]
    public void A_smaller_count_is_reported_even_if_all_batches_are_full() => AssertDiffers(
        "-Count was 30 or more and is now 29",
        Request with { Count = 29 },
        Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 10, 2));

    [Fact]
    public void Short_batches_and_those_that_replace_the_missing_codes_are_no_difference() => AssertIsResumed(
        Request,
        Completed("a", 1, 10, 0, generated: 4),
        Completed("b", 2, 10, 1, generated: 1),
        Completed("c", 3, 10, 2),
        Completed("d", 4, 10, 3, generated: 9),
        Completed("e", 5, 1, 4));

    [Fact]
    public void The_batches_of_two_runners_that_do_not_know_of_each_other_are_no_difference() => AssertIsResumed(
        Request,
        [.. s_whole, Completed("a2", 1, 10, 3), Completed("b2", 2, 10, 4), Completed("c2", 3, 5, 5)]);

    [Fact]
    public void The_batches_of_a_runner_that_knew_only_a_failed_job_are_no_difference() => AssertIsResumed(
        Request,
        new PromotionJob(Completed("a", 1, 10, 0)) { Status = JobStatuses.Failed, Generated = 0 },
        Completed("a2", 1, 10, 1),
        Completed("b", 2, 10, 2),
        Completed("c", 3, 10, 3),
        Completed("d", 4, 5, 4));

    /// <summary>
    /// Of two jobs with one number, the list may show the one that generated codes and not yet the one that failed; then the creator of the
    /// later batches knew of fewer codes. If a batch is old enough, the list shows all jobs that had ended before it was created.
    /// </summary>
    [Theory]
    [InlineData(22, 2, "-Count was 25 or more and is now 22")]
    [InlineData(22, 1, "")]
    [InlineData(30, 2, "-Count was 25 or less and is now 30")]
    [InlineData(30, 1, "")]
    public void A_difference_is_certain_if_the_list_must_show_all_jobs_that_ended_before_a_batch(int count, int complete, string difference)
    {
        RunJournal journal = new(Request with { Count = count });
        journal.Observe(s_whole);

        Assert.Equal(difference, journal.FindCertainCountDifference(Start.AddMinutes(complete)));
    }

    [Fact]
    public void A_batch_larger_than_the_requested_count_is_certain_at_once()
    {
        RunJournal journal = new(Request with { Count = 8 });
        journal.Observe([Completed("b", 2, 10, 1)]);

        Assert.Equal("-Count was 10 or more and is now 8", journal.FindCertainCountDifference(Start));
    }

    private static void AssertIsResumed(CodeRunRequest request, params PromotionJob[] jobs) => Assert.Equal("", Differences(request, jobs));

    private static void AssertDiffers(string difference, CodeRunRequest request, params PromotionJob[] jobs) =>
        Assert.Equal(difference, Differences(request, jobs));

    private static string? UnitOfNextBatch(CodeRunRequest request, params PromotionJob[] jobs)
    {
        RunJournal journal = new(request);
        journal.Observe(jobs);
        return journal.ConsumeUnit;
    }

    private static string Differences(CodeRunRequest request, PromotionJob[] jobs)
    {
        RunJournal journal = new(request);
        journal.Observe(jobs);
        return journal.FindParameterDifferences() is { Length: > 0 } differences ? differences : journal.FindCountDifference();
    }
}
