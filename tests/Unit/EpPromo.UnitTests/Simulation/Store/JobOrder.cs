namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The order of a job list, which is not documented (api-contract.md section 5). The simulation assumes that listed jobs keep their order:
/// otherwise no client could page through all of them.
/// </summary>
internal enum JobOrder
{
    OldestFirst,
    NewestFirst,
    ById,
}
