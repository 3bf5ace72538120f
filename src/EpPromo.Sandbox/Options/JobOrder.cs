namespace EpPromo.Sandbox;

/// <summary>The order of the list of jobs, which is not documented (contract section 8).</summary>
public enum JobOrder
{
    /// <summary>Oldest first.</summary>
    CreatedAscending,

    /// <summary>Newest first.</summary>
    CreatedDescending,

    /// <summary>A random order, the same for every request.</summary>
    Shuffled,
}
