namespace EpPromo.UnitTests.Simulation;

/// <summary>A mistake in how usages are anonymized, which the simulation must catch.</summary>
internal enum UsageMutant
{
    None,

    /// <summary>A request whose response was lost counts as done.</summary>
    TakesLostForDone,

    /// <summary>All usages of a request count as missing if one of them is.</summary>
    TakesBatchForMissing,
}
