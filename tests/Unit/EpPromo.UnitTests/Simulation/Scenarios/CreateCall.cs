using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of <see cref="JobCreator"/>.</summary>
internal sealed class CreateCall : Call
{
    public CreateCall(int number, SimulatedProcess process, TimeSpan began, string promotionId, NewJob job, bool whenFree)
        : base(number, process, began)
    {
        PromotionId = promotionId;
        Job = job;
        WhenFree = whenFree;
    }

    public string PromotionId { get; }

    public NewJob Job { get; }

    /// <summary>Whether it waits for what is in the way.</summary>
    public bool WhenFree { get; }

    protected override string What => $"create '{Job.Name}' on {PromotionId}";
}
