namespace EpPromo.Api;

/// <summary>
/// The store that an object came from, and the kind of its promotions. Commands that get the object as input use the same store and kind.
/// </summary>
internal interface IStoreReference
{
    /// <summary>The store's name, or null if it is not known.</summary>
    string? Name { get; }

    /// <summary>The kind of the promotion that the object is, or belongs to.</summary>
    PromotionKind Kind { get; }
}
