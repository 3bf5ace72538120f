namespace EpPromo.UnitTests.Fuzz;

/// <summary>How a response ends, or why there is none.</summary>
internal enum ResponseEnd
{
    Whole,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Broken,

    /// <summary>The body ends before the announced length.</summary>
    Short,

    /// <summary>The body never ends.</summary>
    Endless,

    /// <summary>The connection breaks before the response.</summary>
    Reset,

    /// <summary>No connection is made.</summary>
    Refused,
}
