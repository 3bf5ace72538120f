using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A promotion that only waits for another client's job lets other promotions proceed.</summary>
public class YieldTests
{
    [Fact]
    public void A_promotion_that_waits_for_another_client_lets_the_next_one_start()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        TimeSpan jobTime = TimeSpan.FromSeconds(20);
        SimulatedServer server = new(world, new StoreBehaviour { ShortestJob = jobTime, LongestJob = jobTime });
        CodeRunRequest first = new() { PromotionId = "promo-1", Name = "bf26", IsNameGenerated = true, Count = 10 };
        CodeRunRequest second = first with { PromotionId = "promo-2" };
        server.AddPromotion(first.PromotionId);
        server.AddPromotion(second.PromotionId);

        NewJob otherJob = new() { JobType = JobTypes.Generate, Name = "other", NumberOfCodes = 7 };
        server.Create(first.PromotionId, otherJob, 0, TimeSpan.MaxValue);
        SimulatedProcess process = new(world, "runner", TimeSpan.Zero);
        List<SessionRecord> sessions = [];

        process.Start(() => new RunnerProcess(world, server, process, new RunnerSetup()).RunAsync([first, second], 1, sessions));
        int maxActive = 0;
        world.Run(() =>
        {
            maxActive = Math.Max(maxActive, sessions.Count(session => session.IsAtWork));
            return process.HasEnded;
        });

        Assert.Equal(1, maxActive);
        Assert.All(sessions, session => Assert.True(session.Succeeded));
        DateTimeOffset? freed = server.Promotion(first.PromotionId).Jobs.First(job => job.Request == otherJob).Current.UpdatedAt;
        Assert.True(RunGroundTruth.Jobs(server, second).Single().Current.CreatedAt < freed);
    }
}
