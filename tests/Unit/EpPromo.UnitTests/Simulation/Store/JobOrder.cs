namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The order of a job list, which is not documented (api-contract.md section 5). It is assumed not to change for jobs that are in the
/// list already: were it to, no paging could see them all.
/// </summary>
internal enum JobOrder
{
    OldestFirst,
    NewestFirst,
    ById,
}
