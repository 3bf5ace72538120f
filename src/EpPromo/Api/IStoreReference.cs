namespace EpPromo.Api;

/// <summary>The store that an object came from. Commands that get the object as input use the same store.</summary>
internal interface IStoreReference
{
    /// <summary>The store's name.</summary>
    string Name { get; }
}
