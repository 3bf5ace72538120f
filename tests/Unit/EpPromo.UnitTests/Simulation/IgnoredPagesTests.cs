using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Stores whose job lists ignore the requested page (api-contract.md section 5), so that only the first page can be read.</summary>
public class IgnoredPagesTests
{
    private const int OlderJobs = 30;

    private static readonly NewJob s_generate = new() { JobType = JobTypes.Generate, NumberOfCodes = 100 };

    [Fact]
    public void A_create_makes_at_most_one_job_and_reports_an_uncertain_result()
    {
        int uncertain = 0;
        int returned = 0;
        for (int seed = 1; seed <= 300; seed++)
        {
            SimulatedRandom random = new(seed);
            StoreBehaviour behaviour = StoreBehaviour.Draw(random) with
            {
                IgnoresPages = true,
                PageSize = 25,
                ReportsTotal = random.Chance(0.5),
                ReportsOffset = random.Chance(0.5),
                NewPromotionLag = TimeSpan.Zero,
                WriteFaultChance = 0.7,
                WriteFaults = [Fault.LostAfter, Fault.LostBefore, Fault.ProcessedLate],
            };
            SimulatedWorld world = new(random, TimeSpan.FromDays(1));
            SimulatedServer server = new(world, behaviour);
            server.AddPromotion("promo-1");
            for (int i = 0; i < OlderJobs; i++)
            {
                server.AddFinished("promo-1", NewJob.Export(), TimeSpan.FromHours(OlderJobs - i));
            }

            SimulatedProcess process = new(world, "client", TimeSpan.Zero);
            SimulatedApi store = new(world, server, process);
            PromotionJob? made = null;
            EpPromoException? error = null;
            process.Start(async () =>
            {
                await store.ConnectAsync();
                JobCreator creator = new(
                    store, process.Clock, world.Random, new CreateCoordination(), behaviour.ConsistencyWindow);
                CurrentCall.Number = 1;
                try
                {
                    made = await creator.CreateAsync("promo-1", s_generate, CancellationToken.None);
                }
                catch (EpPromoException e)
                {
                    error = e;
                }
            });

            world.Run(() => process.HasEnded);
            world.Run(() => server.IsIdle);

            List<SimulatedJob> all = [.. server.Jobs.Where(job => job.CallNumber == 1)];
            Assert.True(all.Count <= 1, $"Seed {seed} created {all.Count} jobs.");
            Assert.True(made is null ? error is { Kind: ErrorKind.Uncertain } || all.Count == 0 : all.Single().Id == made.JobId, $"Seed {seed}: {error}");
            uncertain += error is { Kind: ErrorKind.Uncertain } ? 1 : 0;
            returned += made is null ? 0 : 1;
        }

        Assert.True(uncertain > 50 && returned > 50, $"{uncertain} calls ended uncertain, {returned} returned their job.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_job_on_the_first_page_is_waited_for_and_any_other_is_an_error(bool reportsOffset)
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedServer server = new(world, new StoreBehaviour
        {
            IgnoresPages = true,
            PageSize = 25,
            ReportsOffset = reportsOffset,
            Order = JobOrder.NewestFirst,
        });
        server.AddPromotion("promo-1");
        for (int i = 0; i < OlderJobs; i++)
        {
            server.AddFinished("promo-1", NewJob.Export(), TimeSpan.FromHours(OlderJobs - i));
        }

        string[] ids = [.. server.Jobs.Select(job => job.Id)];
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        SimulatedApi store = new(world, server, process);
        PromotionJob? shown = null;
        EpPromoException? error = null;
        process.Start(async () =>
        {
            await store.ConnectAsync();
            using CancellationTokenSource stop = new();
            JobWaiter waiter = new(store, process.Clock, TimeSpan.FromSeconds(60), () => 25);
            Task polling = waiter.RunAsync(stop.Token);
            Task<PromotionJob?> hidden = WaitForAsync(ids[0]);
            shown = await WaitForAsync(ids[^1]);
            error = await Assert.ThrowsAsync<EpPromoException>(() => hidden);
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);

            Task<PromotionJob?> WaitForAsync(string id) => waiter.WaitUntilAsync("promo-1", id, null, CancellationToken.None, stop.Token);
        });

        world.Run(() => process.HasEnded);

        Assert.Equal(ids[^1], shown?.JobId);
        Assert.Equal((nameof(SR.PagingIgnored), ErrorKind.InvalidResponse), (error?.ErrorId, error?.Kind));
    }
}
