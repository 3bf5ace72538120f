namespace EpPromo.Sandbox;

/// <summary>The value of "links.next" on the last page of a list (contract section 5).</summary>
public enum LastPageNextLink
{
    /// <summary>The link to the current page, as in the published samples.</summary>
    Current,

    /// <summary>null.</summary>
    Null,

    /// <summary>The field is omitted.</summary>
    Omitted,
}
