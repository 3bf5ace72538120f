using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of <see cref="JobCreator"/>.</summary>
internal sealed class CreateCall : Call
{
    public CreateCall(int number, SimulatedProcess process, TimeSpan startedAt, string promotionId, NewJob job, bool whenFree)
        : base(number, process, startedAt)
    {
        PromotionId = promotionId;
        Job = job;
        WhenFree = whenFree;
    }

    public string PromotionId { get; }

    public NewJob Job { get; }

    /// <summary>Whether it waits until no other job blocks the promotion.</summary>
    public bool WhenFree { get; }

    protected override string What => $"create '{Job.Name}' on {PromotionId}";
}
