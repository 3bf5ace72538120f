using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Jobs.Waiting;

public class PollPlannerTests
{
    [Fact]
    public void A_job_whose_time_is_up_is_not_postponed_by_a_new_estimate()
    {
        FakeClock clock = new();
        PollPlanner planner = new(new Store(clock), clock, new RequestBudget(() => 25));
        WatchedJob watched = new("j1", new PromotionJob { JobId = "j1", JobType = JobTypes.Generate, CreatedAt = clock.UtcNow }, null, clock.UtcNow);
        planner.PlanFirst(watched);
        watched.IsTimeUp = true;

        planner.WorkTimes.Add(new WorkSample(JobTypes.Generate, null, clock.UtcNow, TimeSpan.FromSeconds(60), IsExact: true));
        planner.PlanByEstimate(watched);

        Assert.Equal(clock.UtcNow, watched.Due);
    }

    private sealed class Store(FakeClock clock) : StubApi
    {
        public override DateTimeOffset ServerTime => clock.UtcNow;
    }
}
