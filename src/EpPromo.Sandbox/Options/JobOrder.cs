namespace EpPromo.Sandbox;

/// <summary>The order of a job list, which is not documented (contract section 8).</summary>
public enum JobOrder
{
    /// <summary>Oldest first.</summary>
    CreatedAscending,

    /// <summary>Newest first.</summary>
    CreatedDescending,

    /// <summary>Neither: an order that only the ids explain, the same on every request.</summary>
    Shuffled,
}
