namespace EpPromo.Sandbox;

/// <summary>Whether a dash separates the prefix of a code from the generated characters (contract section 5).</summary>
public enum PrefixDash
{
    /// <summary>A dash is added if the prefix does not end with one: "summer-" gives "summer-aa2b-3c4d".</summary>
    WhenMissing,

    /// <summary>A dash is always added: "summer-" gives "summer--aa2b-3c4d".</summary>
    Always,
}
