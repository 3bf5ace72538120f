using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.Stores;

/// <summary>A connection to one store: its token, its request budget and its counters, shared by all who call it.</summary>
internal interface IStoreConnection : IDisposable
{
    /// <summary>What has been done so far.</summary>
    StoreCounters Counters { get; }

    /// <summary>How many requests a second are sent at the most just now: the adapted rate.</summary>
    double RequestsPerSecond { get; }

    /// <summary>Reads the files that the store's export jobs produce.</summary>
    IExportFiles ExportFiles { get; }

    /// <summary>The API as seen by one caller, whose <paramref name="observer"/> is told of the requests made through it.</summary>
    StoreApi Open(IRequestObserver observer);

    /// <summary>Finds out whether the store is there and takes the credentials.</summary>
    /// <exception cref="EpPromoException">It is not, or does not.</exception>
    Task VerifyAsync(IRequestObserver observer, CancellationToken cancellationToken);
}
