namespace EpPromo.Bench.Measuring;

/// <summary>The measurements of one contender, one for each round.</summary>
internal sealed record Series(Unit Unit, IReadOnlyList<double> Values)
{
    public double Median => MedianOf(Values);

    public static double MedianOf(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median, with its unit.</summary>
    public override string ToString() => $"{Unit.Number(Median)} {Unit.Name}";
}
