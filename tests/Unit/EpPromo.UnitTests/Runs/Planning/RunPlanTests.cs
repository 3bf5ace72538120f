using EpPromo.Runs;
using EpPromo.Runs.Planning;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Planning;

/// <summary>The plans that <see cref="RunPlanBuilder"/> makes.</summary>
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
    public void The_requests_that_read_codes_for_an_export_are_counted(string? prefix, long requests)
    {
        CodeRunRequest request = s_unnamed with { Name = "another", CodePrefix = prefix, Count = 20 };

        RunPlan plan = RunPlanBuilder.Plan(request, 25, s_window, [Completed("a", 1, 500, 0), Completed("b", 2, 300, 1)], exports: true);

        Assert.Equal(requests, plan.Requests);
    }

    [Fact]
    public void One_job_is_in_the_singular() => Assert.Contains("1 job (", Plan(1).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Existing_codes_are_not_planned_again_and_their_jobs_show_how_long_the_rest_takes()
    {
        RunPlan plan = RunPlanBuilder.Plan(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);

        Assert.Equal((2, 15, 10), (plan.Jobs, plan.Codes, plan.ExistingCodes));
        Assert.Equal("15 codes (10 already generated or in progress) in 2 jobs (about 10 requests, about 00:01:48)", plan.ToString());
    }

    [Fact]
    public void Codes_in_progress_are_not_planned_again()
    {
        RunPlan plan = RunPlanBuilder.Plan(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0), Active("b", 2, 10, 1)]);

        Assert.Equal((1, 5, 20), (plan.Jobs, plan.Codes, plan.ExistingCodes));
    }

    [Fact]
    public void Nothing_is_planned_for_a_complete_run()
    {
        RunPlan plan = RunPlanBuilder.Plan(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2)]);

        Assert.Equal("0 codes (25 already generated or in progress) in 0 jobs (about 2 requests, about 00:00:01)", plan.ToString());
    }

    [Fact]
    public void Parameters_that_differ_from_those_of_the_run_are_rejected() => Assert.Equal(
        "RunDiffers",
        Assert.Throws<EpPromoException>(
            () => RunPlanBuilder.Plan(Request with { CodePrefix = "winter" }, 25, s_window, [Completed("a", 1, 10, 0)])).ErrorId);

    [Fact]
    public void The_plan_of_a_named_run_includes_the_consistency_window_of_its_final_check()
    {
        RunPlan plan = RunPlanBuilder.Plan(Request, 25, s_window, [Completed("a", 1, 10, 0)]);

        Assert.Equal(TimeSpan.FromSeconds(108 + 60), plan.Time);
    }

    /// <summary>api-contract.md section 3: 1000 by default, more by contract.</summary>
    [Theory]
    [InlineData(500, 500L, false, null)]
    [InlineData(500, 501L, false, "would have 1001 codes. The limit of a promotion is 1000,")]
    [InlineData(500, 501L, true, "would have at least 1001 codes.")]
    [InlineData(1001, null, false, "would have 1001 codes.")]
    [InlineData(1000, 0L, false, null)]
    public void A_plan_beyond_the_default_limit_of_codes_has_a_warning(int count, long? onPromotion, bool mayHaveMore, string? expected)
    {
        string? warning = (Plan(count) with { CodesOnPromotion = onPromotion, MayHaveMoreCodes = mayHaveMore }).FindLimitWarning("p");

        Assert.Equal(expected is null, warning is null);
        Assert.Contains(expected ?? "", warning ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_run_has_no_warning_about_the_limit()
    {
        RunPlan plan = RunPlanBuilder.Plan(s_unnamed with { Count = 10 }, 25, s_window, [new PromotionJob(Completed("a", 1, 10, 0)) { Name = "bf26 0001/0001" }]);

        Assert.Null((plan with { CodesOnPromotion = 5000 }).FindLimitWarning("p"));
    }

    private static RunPlan Plan(int count, double requestsPerSecond = 25) =>
        RunPlanBuilder.Plan(
            new CodeRunRequest { PromotionId = "p", Name = "bf26", Count = count, IsNameGenerated = true }, requestsPerSecond, s_window, []);
}
