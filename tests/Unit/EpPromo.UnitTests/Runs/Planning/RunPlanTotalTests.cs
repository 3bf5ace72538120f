using EpPromo.Runs;
using EpPromo.Runs.Planning;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Planning;

/// <summary>What -WhatIf shows after the plans of several runs.</summary>
public class RunPlanTotalTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly CodeRunRequest s_unnamed = Request with { IsNameGenerated = true };

    [Fact]
    public void Plans_add_up()
    {
        RunPlan one = RunPlanBuilder.Plan(
            new CodeRunRequest { PromotionId = "p", Name = "bf26", Count = 2500, IsNameGenerated = true }, requestsPerSecond: 2, s_window, []);

        Assert.Equal("5000 codes in 6 jobs (about 28 requests, at least 00:00:14)", new RunPlanTotal([one, one], 16).ToString());
    }

    [Fact]
    public void The_jobs_of_different_promotions_run_in_parallel_up_to_the_limit()
    {
        // Two jobs of 54 seconds each.
        RunPlan one = RunPlanBuilder.Plan(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);
        RunPlan done = RunPlanBuilder.Plan(s_unnamed with { Count = 10 }, 25, s_window, [new PromotionJob(Completed("a", 1, 10, 0)) { Name = "bf26 0001/0001" }]);

        RunPlanTotal two = new([one, one, done], throttleLimit: 16);
        RunPlanTotal four = new([one, one, one, one], throttleLimit: 2);

        Assert.Equal(TimeSpan.FromSeconds(108), two.Time);
        Assert.EndsWith(", about 00:01:48 if the store works on 2 jobs at once, 00:03:36 if it works on one at a time)", two.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(216), four.Time);
        Assert.EndsWith(", about 00:03:36 if the store works on 2 jobs at once, 00:07:12 if it works on one at a time)", four.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_job_time_of_one_promotion_is_the_estimate_for_another_one()
    {
        RunPlan known = RunPlanBuilder.Plan(s_unnamed, 25, s_window, [Completed("a", 1, 10, 0)]);
        RunPlan unknown = RunPlanBuilder.Plan(s_unnamed, 25, s_window, []);
        RunPlan larger = RunPlanBuilder.Plan(s_unnamed with { Count = 250, BatchSize = 100 }, 25, s_window, []);

        RunPlanTotal learned = new([unknown, known], throttleLimit: 16);
        RunPlanTotal ofOtherSize = new([known, larger], throttleLimit: 16);

        Assert.False(learned.IsJobTimeUnknown);
        Assert.Equal(TimeSpan.FromSeconds(3 * 54), learned.Time);
        Assert.True(ofOtherSize.IsJobTimeUnknown);
        Assert.Contains(", at least 00:01:48", ofOtherSize.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_consistency_window_of_the_final_check_is_included_once()
    {
        RunPlan plan = RunPlanBuilder.Plan(Request, 25, s_window, [Completed("a", 1, 10, 0)]);

        Assert.Equal(TimeSpan.FromSeconds(216 + 60), new RunPlanTotal([plan, plan], throttleLimit: 1).Time);
    }
}
