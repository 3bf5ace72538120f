using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Makes each batch as large as the plan says, whatever the batches before it have made.</summary>
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

        /// <summary>Hides what was asked for instead, so that the mistake is not taken for another run's parameters.</summary>
        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            Page<PromotionJob> page = await base.ListJobsAsync(promotionId, jobType, offset, cancellationToken);
            return new Page<PromotionJob>(
                [.. page.Items.Select(job => job with { NumberOfCodes = null })], page.Offset, page.Limit, page.Total);
        }
    }
}
