namespace EpPromo.UnitTests.Simulation;

/// <summary>What a store tells of the codes of a job that failed or was cancelled (api-contract.md section 5).</summary>
internal enum EndCounts
{
    All,
    GeneratedOnly,
    None,
}
