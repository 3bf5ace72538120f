using System.Net;
using System.Text;
using EpPromo.Http;
using EpPromo.UnitTests.Domain;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Fuzz;

/// <summary>
/// Answers requests from a list, again from its start when it has come to its end. Only the endpoint under test gets mutated answers; the
/// requests that it needs besides, such as the one for a token, get good ones.
/// </summary>
internal sealed class FuzzHandler(FuzzEndpoint endpoint, FuzzAnswer[] answers, int maxAnswerBytes = FuzzHandler.MaxAnswerBytes) : HttpMessageHandler
{
    /// <summary>No call has reason to ask more often, however it is answered.</summary>
    private const int MostRequests = 300;

    /// <summary>The piece that goes past the limit of a body that is kept in memory.</summary>
    public const int PieceBytes = 16_384;

    /// <summary>Less than usual, so that cases that reach it are cheap.</summary>
    public const int MaxAnswerBytes = 20_000;

    private readonly List<byte[]> _files = [];
    private int _given;
    private int _requests;

    /// <summary>The files that were offered from their first byte, to be compared with what was downloaded.</summary>
    public IReadOnlyList<byte[]> Files => _files;

    /// <summary>How many requests came.</summary>
    public int Requests => _requests;

    /// <summary>How many bytes of one answer of the API were read, at the most.</summary>
    public int MostRead { get; private set; }

    public IPromotionApi Connect(IRequestObserver observer, out IStoreConnection connection)
    {
        connection = HttpStore.Connect(
            new StoreOptions
            {
                BaseUri = new Uri("https://store.example/"),
                Credential = StoreCredential.FromClient(TestStore.ClientId, TestStore.Secret(TestStore.ClientSecret)),
                MaxRequestsPerSecond = 1_000_000,
                RetryDelay = TimeSpan.Zero,
                MaxRetryDelay = TimeSpan.Zero,
                MaxAnswerBytes = maxAnswerBytes,
            },
            // What a mutated answer asks to wait is waited to its end, of which nobody has to see anything.
            new RushingClock(),
            new SystemRandom(),
            new Clients(this));
        return connection.Open(observer);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (++_requests > MostRequests)
        {
            throw new InvalidOperationException("The requests do not end.");
        }

        string path = request.RequestUri!.AbsolutePath;
        FuzzAnswer answer = endpoint.IsFor(request.Method.Method, path) ? answers[_given++ % answers.Length] : FuzzAnswer.Good;
        if (request.Content is { } content && answer.End != AnswerEnd.Refused)
        {
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }

        bool isFile = request.RequestUri.Host != "store.example";
        byte[] body = answer.Mutate(Encoding.UTF8.GetBytes(FuzzEndpoint.GoodAnswer(request.Method.Method, path)));
        if (isFile)
        {
            _files.Add(body);
        }

        int read = 0;
        return answer.ToResponse(request.Method == HttpMethod.Delete ? 204 : 200, body, count =>
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
