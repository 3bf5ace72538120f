using EpPromo.Codes.Changes;
using EpPromo.Codes.Exports;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using EpPromo.Text;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Codes that a failed job has left, and that -KeepSurplus keeps: the store may still delete them, so the run reports them but does not
/// count them.
/// </summary>
public class KeptSurplusTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private static readonly CodeRunRequest s_request = new()
    {
        PromotionId = "promo-1", Name = "bf26", IsNameGenerated = true, Count = 25, BatchSize = 10, CodePrefix = "summer", KeepSurplus = true,
    };

    [Fact]
    public void Codes_of_failed_jobs_are_reported_but_not_counted_and_the_file_is_written()
    {
        int left = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            left += Run(seed);
        }

        Assert.True(left > 0, "No job that failed left codes.");
    }

    [Fact]
    public void When_failed_jobs_report_no_counts_the_warning_gives_the_maximum()
    {
        int left = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            left += Run(seed, ReportedCounts.None);
        }

        Assert.True(left > 0, "No job that failed left codes.");
    }

    /// <summary>Executes a run and exports its file.</summary>
    /// <returns>How many codes failed jobs have left.</returns>
    private static int Run(int seed, ReportedCounts counts = ReportedCounts.All)
    {
        SimulatedWorld world = new(new SimulatedRandom(seed), TimeSpan.FromDays(1));
        SimulatedServer server = new(world, new StoreBehaviour { JobFailureChance = 0.1, FailedJobsLeaveCodes = true, ReportedCounts = counts });
        server.AddPromotion(s_request.PromotionId);
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        List<string> warnings = [];
        using MemoryStream file = new();
        CodeRun? run = null;
        process.Start(async () => run = await RunAsync(world, server, process, warnings, file));
        world.Run(() => process.HasEnded);

        Assert.Null(run?.Error);
        Assert.Equal(25, run!.Generated);
        Assert.Equal(25, ExportingApi.Codes(file).Length);
        int left = RunGroundTruth.ExistingCodes(server, s_request) - 25;
        if (counts == ReportedCounts.All)
        {
            Assert.Equal(left > 0, warnings.Exists(note => note.Contains($" {QuantityText.Of(left, "code")} too many", StringComparison.Ordinal)));
        }
        else
        {
            int most = server.Promotion(s_request.PromotionId).Jobs
                .Where(job => job.Current.Status == JobStatuses.Failed && job.Current.JobType == JobTypes.Generate)
                .Sum(job => job.Current.NumberOfCodes!.Value);
            Assert.InRange(left, 0, most);
            Assert.Equal(
                most == 0 ? [] :
                [
                    $"Run 'bf26' has failed or cancelled jobs on promotion promo-1 that do not report how many codes they left. There may be up to {QuantityText.Of(most, "code")} too many, and -KeepSurplus kept them.",
                ],
                warnings);
        }

        return left;
    }

    private static async Task<CodeRun> RunAsync(
        SimulatedWorld world, SimulatedServer server, SimulatedProcess process, List<string> warnings, Stream file)
    {
        SimulatedApi simulated = new(world, server, process);
        await simulated.ConnectAsync();
        ExportingApi store = new(simulated);
        JobWaiter waiter = new(store, process.Clock, s_window, () => 25);
        JobCreator creator = new(store, process.Clock, world.Random, new CreateCoordination(), s_window);
        using CancellationTokenSource end = new();
        Task polling = waiter.RunAsync(end.Token);
        ConcurrencyLimit limit = new(1);
        CodeRemover remover = store.RemoverOf(process.Clock, world.Random, s_window);
        RunContext context = new(store.AsStoreApi(), process.Clock, creator, waiter, remover, limit, s_window);
        WaitingJobCreator waitingCreator = new(
            creator, new ActiveJobWaiter(store, process.Clock, waiter), limit, process.Clock, world.Random);
        CodeRunner runner = new(context);
        RunState state = new(s_request, process.Clock.UtcNow);
        CodeRun run = await limit.RunAsync(
            () => runner.RunAsync(state, WarnAsync, failed => throw failed, null, CancellationToken.None), CancellationToken.None);
        await ExportAsync();
        end.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        return run;

        Task WarnAsync(string note)
        {
            warnings.Add(note);
            return Task.CompletedTask;
        }

        // Export jobs fail as the others do; this test is not about them, so it repeats them.
        async Task ExportAsync()
        {
            while (true)
            {
                try
                {
                    OwnCodeExport export = new(
                        store, store, store, new PromotionExport(store, waitingCreator, waiter), process.Clock, s_window);
                    RunCodes codes = new(state.Request, state.Journal, run.Generated!.Value);
                    await export.WriteAsync(codes, file, new MemoryStream(), WarnAsync, CancellationToken.None);
                    return;
                }
                catch (JobEndedException)
                {
                    file.SetLength(0);
                }
            }
        }
    }
}
