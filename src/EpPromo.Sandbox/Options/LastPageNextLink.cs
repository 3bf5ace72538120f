namespace EpPromo.Sandbox;

/// <summary>What "links.next" is on the last page of a list (contract section 5).</summary>
public enum LastPageNextLink
{
    /// <summary>The current page again, as in the published samples.</summary>
    Current,

    /// <summary>null.</summary>
    Null,

    /// <summary>The field is not there.</summary>
    Omitted,
}
