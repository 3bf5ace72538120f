namespace EpPromo.Bench.Measuring;

/// <summary>The laps of one contender.</summary>
internal sealed class Laps
{
    private readonly List<Lap> _laps = [];

    public Series Seconds => new(Unit.Seconds, [.. _laps.Select(lap => lap.Seconds)]);

    public Series Milliseconds => new(Unit.Milliseconds, [.. _laps.Select(lap => lap.Seconds)]);

    /// <summary>The time of one of the <paramref name="count"/> equal parts of the work.</summary>
    public Series MillisecondsPer(int count) => new(Unit.Milliseconds, [.. _laps.Select(lap => lap.Seconds / count)]);

    public Series PeakMemory => new(Unit.Megabytes, [.. _laps.Select(lap => (double)lap.PeakMemory)]);

    public Series MemoryOverIdle => new(Unit.Megabytes, [.. _laps.Select(lap => (double)lap.MemoryOverIdle)]);

    public void Add(Lap lap) => _laps.Add(lap);
}
