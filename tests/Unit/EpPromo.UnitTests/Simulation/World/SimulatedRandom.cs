using EpPromo.Sandbox.Store;
using EpPromo.Time;

namespace EpPromo.UnitTests.Simulation;

/// <summary>All chance of a simulated world, from one seed: the sandbox's generator with the distributions that the simulation needs.</summary>
internal sealed class SimulatedRandom(int seed) : IRandomSource
{
    /// <summary>The generator's step: adjacent seeds draw the same numbers, shifted by one, and so use each of them for something else.</summary>
    private const ulong SeedFactor = 0x9E3779B97F4A7C15UL;

    private readonly SeededRandom _generator = new(unchecked((ulong)seed * SeedFactor));

    public ulong NextBits() => _generator.Next();

    public double NextDouble() => _generator.NextDouble();

    /// <summary>A number from 0 up to, but not including, <paramref name="count"/>.</summary>
    public int Next(int count) => (int)(NextDouble() * count);

    /// <summary>A number in a range, both bounds included.</summary>
    public int Between(int min, int max) => min + Next(max - min + 1);

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    public TimeSpan Between(TimeSpan min, TimeSpan max) => min + ((max - min) * NextDouble());

    /// <summary>A time between minus and plus <paramref name="max"/>.</summary>
    public TimeSpan UpTo(TimeSpan max) => Between(-max, max);

    /// <summary>A time in a range, log-uniform: each order of magnitude is equally likely.</summary>
    public TimeSpan LogUniform(TimeSpan min, TimeSpan max) => min * Math.Pow(max / min, NextDouble());
}
