using System.Net;
using System.Text;
using EpPromo.Api;
using EpPromo.Http;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>
/// Sends the listed responses one after another, and starts over at the end of the list. Only the endpoint under test sends mutated
/// responses; the other requests of a call, such as the one for a token, receive valid ones.
/// </summary>
internal sealed class FuzzHandler(FuzzEndpoint endpoint, FuzzResponse[] responses, int maxResponseBytes = FuzzHandler.MaxResponseBytes) : HttpMessageHandler
{
    /// <summary>No call may send more requests, whatever the responses are.</summary>
    private const int MaxRequests = 300;

    /// <summary>A body is read in buffers of this size, so one buffer may be read past the limit.</summary>
    public const int BufferBytes = 16_384;

    /// <summary>Below the default, so that cases that reach the limit are cheap.</summary>
    public const int MaxResponseBytes = 20_000;

    private readonly List<byte[]> _files = [];
    private int _sent;
    private int _requests;

    /// <summary>The whole bodies of all file responses, to compare with the downloaded file.</summary>
    public IReadOnlyList<byte[]> Files => _files;

    /// <summary>How many requests were received.</summary>
    public int Requests => _requests;

    /// <summary>The largest number of bytes that were read of one API response.</summary>
    public int MostRead { get; private set; }

    public StoreApi Connect(IRequestObserver observer, out IStoreConnection connection)
    {
        connection = new StoreConnection(
            new StoreOptions
            {
                BaseUri = new Uri("https://store.example/"),
                Credential = StoreCredential.FromClient(TestStore.ClientId, TestStore.Secret(TestStore.ClientSecret)),
                MaxRequestsPerSecond = 1_000_000,
                RetryDelay = TimeSpan.Zero,
                MaxRetryDelay = TimeSpan.Zero,
                MaxResponseBytes = maxResponseBytes,
            },
            // A mutated Retry-After must not make the test wait in real time.
            new FakeClock(),
            new SystemRandom(),
            new Clients(this));
        return connection.Open(observer);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (++_requests > MaxRequests)
        {
            throw new InvalidOperationException("The call sends requests without end.");
        }

        string path = request.RequestUri!.AbsolutePath;
        FuzzResponse response = endpoint.IsFor(request.Method.Method, path) ? responses[_sent++ % responses.Length] : FuzzResponse.Valid;
        if (request.Content is { } content && response.End != ResponseEnd.Refused)
        {
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }

        bool isFile = request.RequestUri.Host != "store.example";
        byte[] body = response.Mutate(Encoding.UTF8.GetBytes(FuzzEndpoint.ValidResponse(request.Method.Method, path)));
        if (isFile)
        {
            _files.Add(body);
        }

        int read = 0;
        return response.ToResponse(request.Method == HttpMethod.Delete ? 204 : 200, body, count =>
        {
            read += count;
            MostRead = isFile ? MostRead : Math.Max(MostRead, read);
        });
    }

    private sealed class Clients(FuzzHandler handler) : HttpClients
    {
        protected override HttpMessageHandler NewHandler(DecompressionMethods decompression) => handler;
    }
}
