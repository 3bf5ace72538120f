using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A call of <see cref="JobCanceller"/>.</summary>
internal sealed class CancelCall : Call
{
    public CancelCall(int number, SimulatedProcess process, TimeSpan startedAt, string jobId)
        : base(number, process, startedAt) => JobId = jobId;

    public string JobId { get; }

    protected override string What => $"cancel {JobId}";
}
