namespace EpPromo.UnitTests.Simulation;

/// <summary>Ends as soon as the run seems complete, without a final check after the consistency window.</summary>
internal sealed class NoWindowMutant : RunnerSetup
{
    public override TimeSpan Window(TimeSpan window) => TimeSpan.Zero;
}
