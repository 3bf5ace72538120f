using EpPromo.Bench.Measuring;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>What a scenario took.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Elapsed">How long the cmdlet took.</param>
/// <param name="Requests">How many requests the store received.</param>
/// <param name="PeakMemory">The peak working set of the process, in bytes.</param>
/// <param name="LiveMemory">The peak size of the live objects on its managed heap, in bytes.</param>
internal sealed record Measurement(Scenario Scenario, TimeSpan Elapsed, int Requests, long PeakMemory, long LiveMemory)
{
    public Series Seconds => new(Unit.Seconds, [Elapsed.TotalSeconds]);

    public Series BoundSeconds => new(Unit.Seconds, [Scenario.LowerBound.TotalSeconds]);

    public Series PeakBytes => new(Unit.Megabytes, [PeakMemory]);

    public Series LiveBytes => new(Unit.Megabytes, [LiveMemory]);

    public Series RequestsPer1000 => new(Unit.Requests, [1000.0 * Requests / (Scenario.Promotions * Scenario.Codes)]);
}
