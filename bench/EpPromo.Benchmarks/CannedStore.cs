using System.Net;
using System.Security;
using EpPromo.Http;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Benchmarks;

/// <summary>A connection to a store that is not there: all of the client but the network.</summary>
internal sealed class CannedStore : IDisposable
{
    private const double NoLimit = 1_000_000_000;

    /// <param name="status">The status of each response.</param>
    /// <param name="json">Its body.</param>
    public CannedStore(HttpStatusCode status, byte[] json)
    {
        using SecureString token = new();
        token.AppendChar('a');
        StoreOptions options = new()
        {
            BaseUri = new Uri("https://store.example.com"),
            Credential = StoreCredential.FromAccessToken(token),
            MaxRequestsPerSecond = NoLimit,
        };
        Connection = new StoreConnection(options, new SystemClock(), new SystemRandom(), new Clients(status, json));
        Api = Connection.Open(new NoObserver());
    }

    public IStoreConnection Connection { get; }

    public StoreApi Api { get; }

    public void Dispose() => Connection.Dispose();

    private sealed class Clients(HttpStatusCode status, byte[] json) : HttpClients
    {
        protected override HttpMessageHandler NewHandler(DecompressionMethods decompression) => new CannedResponses(status, json);
    }
}
