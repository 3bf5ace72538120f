namespace EpPromo.Api;

/// <summary>The store of an object that was read from a file, or came from another process: only its name is known.</summary>
/// <param name="Name">The store's name.</param>
internal sealed record NamedStore(string Name) : IStoreReference;
