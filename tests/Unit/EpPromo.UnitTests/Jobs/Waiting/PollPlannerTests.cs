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

    /// <summary>Each of a hundred jobs would be polled again after 200 ms, which are 500 requests a second.</summary>
    [Fact]
    public void Jobs_whose_codes_are_counted_share_half_of_the_request_rate()
    {
        FakeClock clock = new();
        PollPlanner planner = new(new Store(clock), clock, new RequestBudget(() => 25));
        List<WatchedJob> jobs = [.. Enumerable.Range(0, 100).Select(_ => new WatchedJob("j1", Counted(clock, 0), null, clock.UtcNow))];
        jobs.ForEach(planner.PlanFirst);
        foreach (int generated in new[] { 899, 900 })
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            jobs.ForEach(job => job.Observe(Counted(clock, generated), null, clock.UtcNow));
        }

        jobs.ForEach(planner.PlanNext);

        Assert.Equal(TimeSpan.FromSeconds(8), jobs[^1].Due - clock.UtcNow);
    }

    private static PromotionJob Counted(FakeClock clock, int generated) => new()
    {
        JobId = "j1", JobType = JobTypes.Generate, Status = JobStatuses.Processing, NumberOfCodes = 1000, Generated = generated, CreatedAt = clock.UtcNow,
    };

    private sealed class Store(FakeClock clock) : StubApi
    {
        public override DateTimeOffset ServerTime => clock.UtcNow;
    }
}
