using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of <see cref="JobWaiter"/>.</summary>
internal sealed class WaitCall : Call
{
    public WaitCall(int number, SimulatedProcess process, TimeSpan startedAt, string promotionId, string jobId)
        : base(number, process, startedAt)
    {
        PromotionId = promotionId;
        JobId = jobId;
    }

    public string PromotionId { get; }

    public string JobId { get; }

    protected override string What => $"wait for {JobId}";
}
