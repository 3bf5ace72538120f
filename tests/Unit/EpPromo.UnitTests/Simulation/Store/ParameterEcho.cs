namespace EpPromo.UnitTests.Simulation;

/// <summary>How a store repeats the parameters of a job in its responses.</summary>
internal enum ParameterEcho
{
    AsSent,
    WithDefaults,
    None,
}
