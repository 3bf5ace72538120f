using System.Collections.Concurrent;
using System.Security;
using EpPromo.Api;
using EpPromo.Http;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>A connection with short pauses, to an origin of the test's own, that keeps what its observer is told.</summary>
internal sealed class TestStore : IRequestObserver, IDisposable
{
    public const string ClientId = "client-id-1";
    public const string ClientSecret = "client+secret/1=";
    public const string Bearer = "bearer-secret-1";

    private readonly ConcurrentQueue<string> _lines = new();

    public TestStore(Uri baseUri, Func<StoreOptions, StoreOptions>? change = null, IClock? clock = null, string? accessToken = null)
    {
        StoreOptions options = new()
        {
            BaseUri = baseUri,
            Credential = accessToken is null
                ? StoreCredential.FromClient(ClientId, Secret(ClientSecret))
                : StoreCredential.FromAccessToken(Secret(accessToken)),
            MaxRequestsPerSecond = 2000,
            AttemptTimeout = TimeSpan.FromSeconds(20),
            IdleTimeout = TimeSpan.FromSeconds(20),
            CallTimeout = TimeSpan.FromSeconds(60),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromMilliseconds(20),
        };
        Connection = new StoreConnection(change is null ? options : change(options), clock ?? new SystemClock(), new SystemRandom());
        Api = Connection.Open(this);
    }

    public IStoreConnection Connection { get; }

    public StoreApi Api { get; }

    /// <summary>All that <c>-Verbose</c> and <c>-Debug</c> would show.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    /// <summary>A script that hands out tokens and asks <paramref name="answer"/> for the rest.</summary>
    public static Func<RecordedRequest, Reply> WithToken(Func<RecordedRequest, Reply> answer) =>
        request => request.IsToken ? Reply.Ok(Reply.TokenJson) : answer(request);

    void IRequestObserver.Verbose(string line) => _lines.Enqueue(line);

    void IRequestObserver.Debug(string text) => _lines.Enqueue(text);

    public void Dispose() => Connection.Dispose();
}
