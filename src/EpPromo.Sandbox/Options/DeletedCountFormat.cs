namespace EpPromo.Sandbox;

/// <summary>How a job's count of deleted codes looks while nothing was deleted, or always (contract section 5).</summary>
public enum DeletedCountFormat
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>null.</summary>
    Null,

    /// <summary>The field is not there.</summary>
    Omitted,

    /// <summary>The field is not there, whatever was deleted: the counts do not say what became of a cancelled job's codes.</summary>
    AlwaysOmitted,
}
