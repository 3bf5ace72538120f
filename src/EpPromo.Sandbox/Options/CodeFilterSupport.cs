namespace EpPromo.Sandbox;

/// <summary>
/// Which filters the list of codes supports. The filtering guide does not mention codes, so it is unknown how much of it applies
/// (contract section 6). The response to an unsupported filter is 400.
/// </summary>
public enum CodeFilterSupport
{
    /// <summary>Everything in the filtering guide.</summary>
    All,

    /// <summary>No value with a backslash escape, even a valid one.</summary>
    WithoutEscapes,

    /// <summary>No value in quotes.</summary>
    WithoutQuotes,

    /// <summary>No filters.</summary>
    None,
}
