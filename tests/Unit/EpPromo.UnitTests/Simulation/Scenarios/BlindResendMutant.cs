using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Sends a create whose response was lost again without looking for its job. The invariants must catch it.</summary>
internal sealed class BlindResendMutant
{
    private const int MaxSends = 6;

    private readonly SimulatedApi _store;
    private readonly SimulatedProcess _process;
    private int _names;

    public BlindResendMutant(SimulatedApi store, SimulatedProcess process)
    {
        _store = store;
        _process = process;
    }

    public async Task<PromotionJob> CreateAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        NewJob named = job with { Name = job.Name ?? $"{_process.Name} {++_names}" };
        for (int sends = 1; ; sends++)
        {
            try
            {
                return await _store.CreateJobAsync(promotionId, named, cancellationToken);
            }
            catch (UncertainResultException) when (sends < MaxSends)
            {
                await _process.Clock.DelayAsync(TimeSpan.FromSeconds(sends), cancellationToken);
            }
        }
    }
}
