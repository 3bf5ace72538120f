namespace EpPromo.Bench.Measuring;

/// <summary>Something that can be measured alone, by its name. It fills one or more rows of the table.</summary>
internal abstract class Benchmark
{
    /// <summary>The name that selects it.</summary>
    public abstract string Name { get; }

    /// <summary>The rows that it fills.</summary>
    public abstract IReadOnlyList<Row> Rows { get; }

    /// <summary>Whether it leaves the processors nearly idle, so that others like it can be measured meanwhile.</summary>
    public virtual bool MostlyWaits => false;

    /// <summary>Measures all of <see cref="Rows"/>, in their order.</summary>
    public abstract Task<IReadOnlyList<Result>> MeasureAsync();
}
