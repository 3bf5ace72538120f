using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

/// <summary>A run goes on under the same name and the same parameters only.</summary>
public class RunDifferencesTests
{
    private static readonly PromotionJob[] Whole = [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2)];

    [Fact]
    public void The_same_parameters_go_on()
    {
        AssertGoesOn(Request, Whole);
        AssertGoesOn(Request, Whole[0]);
        AssertGoesOn(Request with { CodePrefix = "Summer-", CodeLength = 8, ConsumeUnit = ConsumeUnits.PerCheckout }, Whole);
    }

    [Fact]
    public void Other_parameters_are_told()
    {
        AssertDiffers("-CodePrefix was summer and is now winter", Request with { CodePrefix = "winter" }, Whole);
        AssertDiffers("-CodePrefix was summer and is now not specified", Request with { CodePrefix = null }, Whole);
        AssertDiffers("-CodeLength was 8 and is now 9", Request with { CodeLength = 9 }, Whole);
        AssertDiffers("-MaxUsesPerCode was not specified and is now 1", Request with { MaxUsesPerCode = 1 }, Whole);
        AssertDiffers(
            "-ConsumeUnit was per_checkout and is now per_application", Request with { ConsumeUnit = ConsumeUnits.PerApplication }, Whole);
        AssertDiffers("number of batches was 3 and is now 5", Request with { Count = 50 }, Whole);
        AssertDiffers("size of the first batch was 10 and is now 11", Request with { BatchSize = 11 }, Whole);
    }

    [Fact]
    public void A_store_that_shows_no_parameters_is_believed() => AssertGoesOn(
        Request, [.. Whole.Select(job => job with { NumberOfCodes = null, CodePrefix = null })]);

    [Fact]
    public void A_failed_try_with_wrong_parameters_is_no_difference() =>
        AssertGoesOn(Request, Completed("a", 1, 10, 0) with { Status = JobStatuses.Failed, CodePrefix = "sumer", Generated = 0 });

    /// <summary>To go on with fewer would delete codes of a run that had ended.</summary>
    [Theory]
    [InlineData(24, "-Count was 25 or more and is now 24")]
    [InlineData(21, "-Count was 25 or more and is now 21")]
    [InlineData(26, "-Count was 25 or less and is now 26")]
    [InlineData(30, "-Count was 25 or less and is now 30")]
    public void Another_count_is_told(int count, string difference) => AssertDiffers(difference, Request with { Count = count }, Whole);

    [Fact]
    public void A_smaller_count_is_told_of_full_batches_too() => AssertDiffers(
        "-Count was 30 or more and is now 29",
        Request with { Count = 29 },
        Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 10, 2));

    [Fact]
    public void Short_batches_and_those_that_make_them_good_are_no_difference() => AssertGoesOn(
        Request,
        Completed("a", 1, 10, 0, generated: 4),
        Completed("b", 2, 10, 1, generated: 1),
        Completed("c", 3, 10, 2),
        Completed("d", 4, 10, 3, generated: 9),
        Completed("e", 5, 1, 4));

    [Fact]
    public void Two_runners_that_do_not_know_of_each_other_are_no_difference() => AssertGoesOn(
        Request,
        [.. Whole, Completed("a2", 1, 10, 3), Completed("b2", 2, 10, 4), Completed("c2", 3, 5, 5)]);

    [Fact]
    public void One_that_knew_of_a_failed_job_only_is_no_difference() => AssertGoesOn(
        Request,
        Completed("a", 1, 10, 0) with { Status = JobStatuses.Failed, Generated = 0 },
        Completed("a2", 1, 10, 1),
        Completed("b", 2, 10, 2),
        Completed("c", 3, 10, 3),
        Completed("d", 4, 5, 4));

    /// <summary>
    /// A job that the list does not show yet may have failed where one that it shows has made codes: then who created the later batches
    /// knew of fewer codes. What had ended before a batch was created shows when the batch is old enough.
    /// </summary>
    [Theory]
    [InlineData(22, 2, "-Count was 25 or more and is now 22")]
    [InlineData(22, 1, "")]
    [InlineData(30, 2, "-Count was 25 or less and is now 30")]
    [InlineData(30, 1, "")]
    public void A_difference_is_certain_when_the_list_must_show_all_that_a_batch_was_created_after(int count, int settled, string difference)
    {
        RunJournal journal = new(Request with { Count = count });
        journal.Observe(Whole);

        Assert.Equal(difference, journal.FindCertainCountDifference(Start.AddMinutes(settled)));
    }

    [Fact]
    public void A_batch_larger_than_all_that_is_asked_for_is_certain_at_once()
    {
        RunJournal journal = new(Request with { Count = 8 });
        journal.Observe([Completed("b", 2, 10, 1)]);

        Assert.Equal("-Count was 10 or more and is now 8", journal.FindCertainCountDifference(Start));
    }

    private static void AssertGoesOn(CodeRunRequest request, params PromotionJob[] jobs) => Assert.Equal("", Differences(request, jobs));

    private static void AssertDiffers(string difference, CodeRunRequest request, params PromotionJob[] jobs) =>
        Assert.Equal(difference, Differences(request, jobs));

    private static string Differences(CodeRunRequest request, PromotionJob[] jobs)
    {
        RunJournal journal = new(request);
        journal.Observe(jobs);
        return journal.FindParameterDifferences() is { Length: > 0 } differences ? differences : journal.FindCountDifference();
    }
}
