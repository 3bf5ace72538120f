namespace EpPromo.Sandbox;

/// <summary>How a job shows the number of its deleted codes (contract section 5).</summary>
public enum DeletedCountFormat
{
    /// <summary>The number, even if it is 0.</summary>
    Zero,

    /// <summary>null in place of 0.</summary>
    Null,

    /// <summary>The field is omitted if the number is 0.</summary>
    Omitted,

    /// <summary>The field is always omitted, so a client cannot tell what happened to the codes of a cancelled job.</summary>
    AlwaysOmitted,
}
