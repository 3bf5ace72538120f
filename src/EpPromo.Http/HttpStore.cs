using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>Opens stores over HTTP: the one thing of this assembly that others name.</summary>
internal static class HttpStore
{
    /// <summary>
    /// A connection to the store that <paramref name="options"/> describe. Nothing is sent yet:
    /// <see cref="IStoreConnection.VerifyAsync"/> finds out whether the store is there.
    /// </summary>
    /// <param name="options">Where the store is, who asks, and the limits to keep.</param>
    /// <param name="clock">Time, for the life of tokens, for pauses, and for the store's own clock.</param>
    /// <param name="random">Randomness, for the pauses between tries.</param>
    public static IStoreConnection Connect(StoreOptions options, IClock clock, IRandomSource random) =>
        Connect(options, clock, random, new HttpClients());

    /// <summary>The same over connections that somebody else makes: tests that feed answers without a network.</summary>
    internal static IStoreConnection Connect(StoreOptions options, IClock clock, IRandomSource random, HttpClients clients) =>
        new StoreConnection(options, clock, random, clients);
}
