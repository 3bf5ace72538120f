using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Gives each batch its planned size, whatever the batches before it have generated.</summary>
internal sealed class PlannedSizeMutant : RunnerSetup
{
    public override IFakeApi Connect(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) => new Planner(store, requests);

    private sealed class Planner(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) : DelegatingApi(store)
    {
        public override Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
        {
            CodeRunRequest request = requests.First(one => one.PromotionId == promotionId);
            int number = BatchName.Parse(request.Name, job.Name!)!.Value.Number;
            int planned = number < request.Batches ? request.BatchSize : request.Count - (request.BatchSize * (request.Batches - 1));
            return base.CreateJobAsync(promotionId, job with { NumberOfCodes = planned }, cancellationToken);
        }

        /// <summary>Hides the sizes, so that the run does not reject the batches as those of another run.</summary>
        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            Page<PromotionJob> page = await base.ListJobsAsync(promotionId, jobType, offset, cancellationToken);
            return new Page<PromotionJob>(
                [.. page.Items.Select(job => new PromotionJob(job) { NumberOfCodes = null })], page.Offset, page.Limit, page.Total);
        }
    }
}
