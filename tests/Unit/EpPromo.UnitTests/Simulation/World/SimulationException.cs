namespace EpPromo.UnitTests.Simulation;

/// <summary>The simulation has found an error.</summary>
#pragma warning disable CA1032 // Thrown by the simulation only.
internal sealed class SimulationException : Exception
{
    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
