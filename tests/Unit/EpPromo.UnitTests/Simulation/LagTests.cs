using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A store whose lists lag longer than the consistency window that the client is configured with.</summary>
public class LagTests
{
    private static readonly TimeSpan s_configuredWindow = TimeSpan.FromSeconds(40);

    /// <summary>"Too many jobs" on the second send shows that the first one was processed: the call keeps polling instead of giving up.</summary>
    [Fact]
    public void A_job_that_becomes_visible_too_late_is_found_while_it_blocks_the_promotion() =>
        AssertFound(new NewJob { JobType = JobTypes.Generate, NumberOfCodes = 10 });

    /// <summary>An export is sent again at once; when its first job then blocks the promotion, that job is found in the list.</summary>
    [Fact]
    public void An_export_that_its_own_first_job_blocks_is_found() => AssertFound(NewJob.Export());

    private static void AssertFound(NewJob request)
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
                JobCreator creator = new(store, process.Clock, world.Random, new CreateCoordination(), s_configuredWindow);
                CurrentCall.Number = 1;
                made = await creator.CreateAsync("promo-1", request, CancellationToken.None);
            });

            world.Run(() => process.HasEnded);

            Assert.Equal(Assert.Single(server.Jobs).Id, made?.JobId);
            late += world.History.Exists(line => line.Contains(nameof(SR.TooManyJobs), StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.True(late > 10, $"Only {late} jobs became visible too late.");
    }
}
