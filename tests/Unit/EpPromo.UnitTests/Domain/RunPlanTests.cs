namespace EpPromo.UnitTests.Domain;

public class RunPlanTests
{
    [Fact]
    public void A_plan_counts_jobs_codes_and_requests()
    {
        RunPlan plan = RunPlan.For(Request(2500), requestsPerSecond: 2);

        Assert.Equal(3, plan.Jobs);
        Assert.Equal(2500, plan.Codes);
        Assert.Equal(14, plan.Requests);
        Assert.Equal(TimeSpan.FromSeconds(7), plan.LeastTime);
        Assert.Equal("2500 codes in 3 jobs, about 14 requests, at least 00:00:07", plan.ToString());
    }

    [Fact]
    public void One_job_is_no_jobs() => Assert.Contains("1 job,", RunPlan.For(Request(1), 25).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Plans_add_up()
    {
        RunPlan one = RunPlan.For(Request(2500), 2);

        Assert.Equal(one, one.And(RunPlan.Empty));
        Assert.Equal(RunPlan.For(Request(2500), 1), one.And(one) with { Jobs = 3, Codes = 2500, Requests = 14 });
        Assert.Equal((6, 5000, 28), (one.And(one).Jobs, one.And(one).Codes, one.And(one).Requests));
    }

    private static CodeRunRequest Request(int count) => new() { PromotionId = "p", Name = "bf26", Count = count };
}
