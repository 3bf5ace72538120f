namespace EpPromo.Bench.Floor;

/// <summary>An object with a single value.</summary>
public sealed class BareObject
{
    internal BareObject(int number) => Number = number;

    /// <summary>Its position in the output.</summary>
    public int Number { get; }
}
