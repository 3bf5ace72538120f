namespace EpPromo.Time;

/// <summary>A source of randomness: the machine, or the seed of a simulation.</summary>
internal interface IRandomSource
{
    /// <summary>A number from 0 to less than 1. Thread-safe.</summary>
    double NextDouble();
}
