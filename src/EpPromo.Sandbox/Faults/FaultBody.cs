namespace EpPromo.Sandbox;

/// <summary>The body of a status that a fault answers with (contract section 4).</summary>
public enum FaultBody
{
    /// <summary>An error of the published shape.</summary>
    Json,

    /// <summary>A gateway's page.</summary>
    Html,

    /// <summary>Nothing.</summary>
    None,
}
