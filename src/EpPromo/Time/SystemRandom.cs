namespace EpPromo.Time;

/// <summary>The machine's randomness. Names and jitter need no secrecy, so <see cref="Random"/> is enough.</summary>
internal sealed class SystemRandom : IRandomSource
{
    private readonly Random _random = new(Guid.NewGuid().GetHashCode());

    /// <inheritdoc/>
    public double NextDouble()
    {
        lock (_random)
        {
#pragma warning disable CA5394 // Not for secrets.
            return _random.NextDouble();
#pragma warning restore CA5394
        }
    }
}
