namespace EpPromo.UnitTests.Simulation;

/// <summary>Which counts a store reports of a job that failed or was cancelled (api-contract.md section 5).</summary>
internal enum ReportedCounts
{
    All,
    GeneratedOnly,
    None,
}
