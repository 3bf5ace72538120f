namespace EpPromo.Sandbox;

/// <summary>
/// Which filters the list of codes understands: the guide on filters leaves codes out, so how much of it holds there is not
/// known (contract section 6). What it does not understand is answered 400.
/// </summary>
public enum CodeFilterSupport
{
    /// <summary>All that the guide on filters has.</summary>
    All,

    /// <summary>None with a backslash, though it escapes rightly.</summary>
    WithoutEscapes,

    /// <summary>None with a value in quotes.</summary>
    WithoutQuotes,

    /// <summary>None at all.</summary>
    None,
}
