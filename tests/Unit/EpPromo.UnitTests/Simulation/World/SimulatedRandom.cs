using EpPromo.Time;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Random numbers from a seed: SplitMix64, so that a seed gives the same numbers on every runtime.</summary>
internal sealed class SimulatedRandom : IRandomSource
{
    private ulong _state;

    public SimulatedRandom(int seed) => _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);

    public ulong NextBits()
    {
        unchecked
        {
            ulong bits = _state += 0x9E3779B97F4A7C15UL;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
            return bits ^ (bits >> 31);
        }
    }

    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

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
