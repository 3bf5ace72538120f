namespace EpPromo.UnitTests.Simulation;

/// <summary>A mutant of how promotions are written, which the simulation must catch.</summary>
internal enum PromotionMutant
{
    None,

    /// <summary>A create whose response was lost is sent again as soon as one list does not show the promotion.</summary>
    NoWindow,

    /// <summary>A change believes a read that may be older than the change before it.</summary>
    BelievesRead,

    /// <summary>An update sends fields that are not to be changed.</summary>
    SendsAll,
}
