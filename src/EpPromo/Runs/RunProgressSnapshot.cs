namespace EpPromo.Runs;

/// <summary>How far a run is, on one promotion or on all.</summary>
/// <param name="Made">How many codes there are.</param>
/// <param name="Wanted">How many were asked for.</param>
/// <param name="Rate">Codes a second, or null while nothing tells.</param>
/// <param name="Left">How long the rest will take, or null while nothing tells.</param>
internal sealed record RunProgressSnapshot(long Made, long Wanted, double? Rate, TimeSpan? Left);
