namespace EpPromo.Recipients;

/// <summary>What becomes of a row of the new list.</summary>
internal enum MatchKind
{
    /// <summary>Its recipient has an earlier row.</summary>
    LeftOut,

    /// <summary>Its recipient gets a new code.</summary>
    New,

    /// <summary>Its recipient has a code.</summary>
    Kept,
}
