using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of <see cref="JobCanceller"/>.</summary>
internal sealed class CancelCall : Call
{
    public CancelCall(int number, SimulatedProcess process, TimeSpan began, string jobId)
        : base(number, process, began) => JobId = jobId;

    public string JobId { get; }

    protected override string What => $"cancel {JobId}";
}
