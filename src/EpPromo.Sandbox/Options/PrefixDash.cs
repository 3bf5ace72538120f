namespace EpPromo.Sandbox;

/// <summary>Whether a dash is put between a prefix and the generated characters (contract section 5).</summary>
public enum PrefixDash
{
    /// <summary>Only where the prefix does not end in one: "summer-" gives "summer-aa2b-3c4d".</summary>
    WhenMissing,

    /// <summary>Always: "summer-" gives "summer--aa2b-3c4d".</summary>
    Always,
}
