namespace EpPromo.UnitTests.Simulation;

/// <summary>Ends as soon as nothing seems to be missing, without reading the list again when it must show everything.</summary>
internal sealed class NoWindowMutant : RunnerSetup
{
    public override TimeSpan Window(TimeSpan window) => TimeSpan.Zero;
}
