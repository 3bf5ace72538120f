namespace EpPromo.Time;

/// <summary>Randomness, from outside: the machine's, or a simulation's seed.</summary>
internal interface IRandomSource
{
    /// <summary>A number from 0 up to, but not including, 1. Safe to call from any thread.</summary>
    double NextDouble();
}
