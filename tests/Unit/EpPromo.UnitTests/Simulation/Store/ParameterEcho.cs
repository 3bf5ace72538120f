namespace EpPromo.UnitTests.Simulation;

/// <summary>How a store shows the parameters of a job.</summary>
internal enum ParameterEcho
{
    AsSent,
    WithDefaults,
    None,
}
