using EpPromo.Api;
using EpPromo.Codes;

namespace EpPromo.Stores;

/// <summary>A connection to one store: its token, its request budget and its counters, shared by all callers.</summary>
internal interface IStoreConnection : IDisposable
{
    /// <summary>What the connection has done so far.</summary>
    StoreCounters Counters { get; }

    /// <summary>The current limit of requests a second, as adapted to the store.</summary>
    double RequestsPerSecond { get; }

    /// <summary>Reads the files that the store's export jobs produce.</summary>
    IExportFiles ExportFiles { get; }

    /// <summary>Writes files of codes in other formats.</summary>
    ICodeFiles CodeFiles { get; }

    /// <summary>The API as seen by one caller, whose <paramref name="observer"/> is notified of its requests.</summary>
    /// <param name="observer">Is notified of each request.</param>
    /// <param name="kind">Which promotions, with their jobs and codes.</param>
    StoreApi Open(IRequestObserver observer, PromotionKind kind = PromotionKind.Rule);

    /// <summary>Checks whether the store can be reached and accepts the credentials.</summary>
    /// <exception cref="EpPromoException">It cannot, or does not.</exception>
    Task VerifyAsync(IRequestObserver observer, CancellationToken cancellationToken);
}
