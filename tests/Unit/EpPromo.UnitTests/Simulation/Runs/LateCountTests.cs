using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A store that shows a job as completed before it shows how many codes the job has generated.</summary>
public class LateCountTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_missing_codes_of_a_short_batch_whose_count_comes_late_are_generated(bool nameIsNew)
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedServer server = new(world, new StoreBehaviour { ShortBatchChance = 0.7 });
        CodeRunRequest request = new() { PromotionId = "promo-1", Name = "bf26", IsNameGenerated = nameIsNew, Count = 25, BatchSize = 10 };
        server.AddPromotion(request.PromotionId);
        SimulatedProcess process = new(world, "runner", TimeSpan.Zero);
        List<SessionRecord> sessions = [];

        process.Start(() => new RunnerProcess(world, server, process, new LateCountSetup()).RunAsync([request], 1, sessions));
        world.Run(() => process.HasEnded);

        Assert.True(Assert.Single(sessions).Succeeded);
        Assert.Equal(25, RunGroundTruth.ExistingCodes(server, request));
        Assert.Contains(RunGroundTruth.Jobs(server, request), job => job.Current.Generated < job.NumberOfCodes);
    }

    private sealed class LateCountSetup : RunnerSetup
    {
        public override IFakeApi Connect(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) => new LateCounts(store);
    }

    /// <summary>The first poll of a completed job does not show its count.</summary>
    private sealed class LateCounts(SimulatedApi store) : DelegatingApi(store)
    {
        private readonly HashSet<string> _shown = [];

        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            Page<PromotionJob> page = await base.ListJobsAsync(promotionId, jobType, offset, cancellationToken);
            PromotionJob[] jobs =
                [.. page.Items.Select(job => job.IsFinished && _shown.Add(job.JobId) ? new PromotionJob(job) { Generated = null } : job)];
            return new Page<PromotionJob>(jobs, page.Offset, page.Limit, page.Total);
        }
    }
}
