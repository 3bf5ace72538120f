namespace EpPromo.Sandbox;

/// <summary>The body of the response of <see cref="FaultAction.Status"/> (contract section 4).</summary>
public enum FaultBody
{
    /// <summary>An error of the published shape.</summary>
    Json,

    /// <summary>The HTML page of a gateway.</summary>
    Html,

    /// <summary>No body.</summary>
    None,
}
