using System.Collections.Concurrent;
using System.Security;
using EpPromo.Api;
using EpPromo.Http;
using EpPromo.Sandbox;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>A connection with short delays to the server of a test. It records what its observer gets.</summary>
internal sealed class TestStore : IRequestObserver, IDisposable
{
    public const string ClientId = "client-id-1";
    public const string ClientSecret = "client+secret/1=";
    public const string Bearer = "bearer-secret-1";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<(string Host, string Reason, TimeSpan Elapsed)> _failures = new();

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

    /// <summary>What <c>-Verbose</c> and <c>-Debug</c> would show.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The failed attempts since the last request that succeeded.</summary>
    public IReadOnlyList<(string Host, string Reason, TimeSpan Elapsed)> Failures => [.. _failures];

    /// <summary>Whether the observer shows lines and bodies.</summary>
    public bool Shows { get; set; } = true;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A connection to a sandbox, with its credentials.</summary>
    public static TestStore For(SandboxServer sandbox, Func<StoreOptions, StoreOptions>? change = null, IClock? clock = null)
    {
        StoreCredential credential = StoreCredential.FromClient(sandbox.Options.ClientId, Secret(sandbox.Options.ClientSecret));
        return new TestStore(
            sandbox.BaseUri,
            options =>
            {
                options = options with { Credential = credential };
                return change is null ? options : change(options);
            },
            clock);
    }

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    /// <summary>A script that issues tokens and passes all other requests to <paramref name="respond"/>.</summary>
    public static Func<RecordedRequest, Reply> WithToken(Func<RecordedRequest, Reply> respond) =>
        request => request.IsToken ? Reply.Ok(Reply.TokenJson) : respond(request);

    /// <summary>Reads the first page of jobs of a promotion: for tests of what every call does.</summary>
    public Task<Page<PromotionJob>> ListJobsAsync() => Api.Jobs.ListJobsAsync(Samples.Promotion, null, 0, Cancel);

    bool IRequestObserver.ShowsLines => Shows;

    bool IRequestObserver.ShowsBodies => Shows;

    void IRequestObserver.Verbose(string line) => _lines.Enqueue(line);

    void IRequestObserver.Debug(string text) => _lines.Enqueue(text);

    void IRequestObserver.Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay) => _failures.Enqueue((host, reason, elapsed));

    void IRequestObserver.Succeeded() => _failures.Clear();

    public void Dispose() => Connection.Dispose();
}
