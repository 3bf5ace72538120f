using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A store whose lists lag longer than the client was told.</summary>
public class LagTests
{
    private static readonly TimeSpan ToldWindow = TimeSpan.FromSeconds(40);

    /// <summary>"Too many jobs" on the second send means that the first one has worked: the call polls on instead of giving up.</summary>
    [Fact]
    public void A_job_that_shows_too_late_is_found_as_long_as_it_is_in_the_way() =>
        AssertFound(new NewJob { JobType = JobTypes.Generate, NumberOfCodes = 10 });

    /// <summary>It is sent again at once: what is in its way then is waited for in the list all the same.</summary>
    [Fact]
    public void An_export_that_is_in_its_own_way_is_found() => AssertFound(NewJob.Export());

    private static void AssertFound(NewJob asked)
    {
        int late = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            StoreBehaviour behaviour = new()
            {
                ConsistencyWindow = TimeSpan.FromSeconds(60),
                LagChance = 1,
                ShortestJob = TimeSpan.FromMinutes(4),
                LongestJob = TimeSpan.FromMinutes(5),
                WriteFaultChance = 0.5,
                WriteFaults = [Fault.LostAfter],
            };
            SimulatedWorld world = new(new SimulatedRandom(seed), TimeSpan.FromDays(1));
            SimulatedServer server = new(world, behaviour);
            server.AddPromotion("promo-1");
            SimulatedProcess process = new(world, "client", TimeSpan.Zero);
            SimulatedApi store = new(world, server, process);
            PromotionJob? made = null;
            process.Start(async () =>
            {
                await store.ConnectAsync();
                JobCreator creator = new(store, process.Clock, world.Random, new ClaimedJobs(), new CreateTurns(), ToldWindow);
                CurrentCall.Number = 1;
                made = await creator.CreateAsync("promo-1", asked, CancellationToken.None);
            });

            world.Run(() => process.HasEnded);

            Assert.Equal(Assert.Single(server.Jobs).Id, made?.JobId);
            late += world.History.Exists(line => line.Contains(nameof(SR.TooManyJobs), StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.True(late > 10, $"Only {late} jobs were late.");
    }
}
