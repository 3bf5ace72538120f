using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

public class RunPlanTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly CodeRunRequest s_unnamed = Request with { IsNameGenerated = true };

    [Fact]
    public void A_plan_counts_jobs_codes_and_requests()
    {
        RunPlan plan = Plan(2500, requestsPerSecond: 2);

        Assert.Equal((3, 2500, 14), (plan.Jobs, plan.Codes, plan.Requests));
        Assert.Equal(TimeSpan.FromSeconds(7), plan.Time);
        Assert.Equal("2500 codes in 3 jobs (about 14 requests, at least 00:00:07)", plan.ToString());
    }

    [Theory]
    [InlineData("summer", 10 + 5 + 1)]
    [InlineData(null, 10 + 5 + 8 + 1)]
    public void The_codes_that_are_read_for_a_file_are_counted(string? prefix, long requests)
    {
        CodeRunRequest request = s_unnamed with { Name = "another", CodePrefix = prefix, Count = 20 };

        RunPlan plan = RunPlan.For(request, 25, s_window, [Completed("a", 1, 500, 0), Completed("b", 2, 300, 1)], exports: true);

        Assert.Equal(requests, plan.Requests);
    }

    [Fact]
    public void One_job_is_no_jobs() => Assert.Contains("1 job (", Plan(1).ToString(), StringComparison.Ordinal);

    [Fact]
    public void What_is_there_is_not_made_again_and_tells_how_long_the_rest_takes()
    {
        RunPlan plan = RunPlan.For(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);

        Assert.Equal((2, 15, 10), (plan.Jobs, plan.Codes, plan.CodesThere));
        Assert.Equal("15 codes (10 already generated or in progress) in 2 jobs (about 10 requests, about 00:01:48)", plan.ToString());
    }

    [Fact]
    public void What_is_being_made_is_not_made_again()
    {
        RunPlan plan = RunPlan.For(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0), AtWork("b", 2, 10, 1)]);

        Assert.Equal((1, 5, 20), (plan.Jobs, plan.Codes, plan.CodesThere));
    }

    [Fact]
    public void Of_a_run_that_is_done_nothing_is_left()
    {
        RunPlan plan = RunPlan.For(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2)]);

        Assert.Equal("0 codes (25 already generated or in progress) in 0 jobs (about 2 requests, about 00:00:01)", plan.ToString());
    }

    [Fact]
    public void Other_parameters_than_those_of_the_run_are_refused() => Assert.Equal(
        "RunDiffers",
        Assert.Throws<EpPromoException>(() => RunPlan.For(Request with { CodePrefix = "winter" }, 25, s_window, [Completed("a", 1, 10, 0)])).ErrorId);

    [Fact]
    public void A_run_with_a_name_looks_again_when_the_consistency_window_has_passed()
    {
        RunPlan plan = RunPlan.For(Request, 25, s_window, [Completed("a", 1, 10, 0)]);

        Assert.Equal(TimeSpan.FromSeconds(108 + 60), plan.Time);
        Assert.Equal(TimeSpan.FromSeconds(216 + 60), new RunPlans([plan, plan], throttleLimit: 1).Time);
    }

    [Fact]
    public void Plans_add_up()
    {
        RunPlan one = Plan(2500, requestsPerSecond: 2);

        Assert.Equal("5000 codes in 6 jobs (about 28 requests, at least 00:00:14)", new RunPlans([one, one], 16).ToString());
    }

    [Fact]
    public void Promotions_have_their_jobs_side_by_side_as_far_as_the_limit_allows_and_the_total_says_so()
    {
        // Two jobs of 54 seconds each.
        RunPlan one = RunPlan.For(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);
        RunPlan done = RunPlan.For(s_unnamed with { Count = 10 }, 25, s_window, [Completed("a", 1, 10, 0) with { Name = "bf26 0001/0001" }]);

        RunPlans two = new([one, one, done], throttleLimit: 16);
        RunPlans four = new([one, one, one, one], throttleLimit: 2);

        Assert.Equal(TimeSpan.FromSeconds(108), two.Time);
        Assert.EndsWith(", about 00:01:48 if the store works on 2 jobs at once, 00:03:36 if on one at a time)", two.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(216), four.Time);
        Assert.EndsWith(", about 00:03:36 if the store works on 2 jobs at once, 00:07:12 if on one at a time)", four.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void How_long_jobs_take_on_one_promotion_tells_it_for_another_one()
    {
        RunPlan known = RunPlan.For(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);
        RunPlan unknown = RunPlan.For(s_unnamed, 25, s_window, []);
        RunPlan larger = RunPlan.For(s_unnamed with { Count = 250, BatchSize = 100 }, 25, s_window, []);

        RunPlans learned = new([unknown, known], throttleLimit: 16);
        RunPlans ofOtherSize = new([known, larger], throttleLimit: 16);

        Assert.False(learned.IsJobTimeUnknown);
        Assert.Equal(TimeSpan.FromSeconds(3 * 54), learned.Time);
        Assert.True(ofOtherSize.IsJobTimeUnknown);
        Assert.Contains(", at least 00:01:48", ofOtherSize.ToString(), StringComparison.Ordinal);
    }

    /// <summary>api-contract.md section 3: 1000 by default, more by contract.</summary>
    [Theory]
    [InlineData(500, 500L, false, null)]
    [InlineData(500, 501L, false, "would have 1001 codes. The limit of a promotion is 1000,")]
    [InlineData(500, 501L, true, "would have at least 1001 codes.")]
    [InlineData(1001, null, false, "would have 1001 codes.")]
    [InlineData(1000, 0L, false, null)]
    public void More_codes_than_a_promotion_usually_may_have_are_told(int count, long? there, bool mayHaveMore, string? expected)
    {
        string? note = (Plan(count) with { CodesOnPromotion = there, MayHaveMoreCodes = mayHaveMore }).LimitNote("p");

        Assert.Equal(expected is null, note is null);
        Assert.Contains(expected ?? "", note ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_done_needs_no_more_room() => Assert.Null(
        (RunPlan.For(s_unnamed with { Count = 10 }, 25, s_window, [Completed("a", 1, 10, 0) with { Name = "bf26 0001/0001" }]) with { CodesOnPromotion = 5000 }).LimitNote("p"));

    private static RunPlan Plan(int count, double requestsPerSecond = 25) =>
        RunPlan.For(new CodeRunRequest { PromotionId = "p", Name = "bf26", Count = count, IsNameGenerated = true }, requestsPerSecond, s_window, []);
}
