using System.Buffers.Binary;

namespace EpPromo.Sandbox.Store;

/// <summary>
/// The SplitMix64 generator. Unlike System.Random, it guarantees the same sequence for a seed on every machine and runtime.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one named thing, independent of all others and of the order of creation.</summary>
    public static SeededRandom For(int seed, string name, long ordinal = 0)
    {
        // FNV-1a, because string.GetHashCode differs from one process to the next.
        ulong hash = 14695981039346656037UL ^ (ulong)(uint)seed;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        // Mixed twice, because adjacent states would give the same sequence, shifted by one.
        return new SeededRandom(Mix(hash + Mix((ulong)ordinal)));
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>A number from 0 up to, but not including, the limit.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
