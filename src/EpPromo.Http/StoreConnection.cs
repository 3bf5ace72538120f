using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Csv;
using EpPromo.Http.Downloads;
using EpPromo.Http.Formats;
using EpPromo.Http.Resilience;
using EpPromo.Http.Resources;
using EpPromo.Http.Tokens;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>
/// A connection to a store over HTTP, and what its callers share: HTTP clients, token, rate limit, the store's clock and the counters.
/// Besides <see cref="Csv.CsvTables"/>, it is the only type of this assembly that others use.
/// </summary>
internal sealed class StoreConnection : IStoreConnection
{
    private readonly CancellationTokenSource _closed = new();
    private readonly AdaptiveRateLimiter _limiter;
    private readonly ApiTransport _transport;
    private readonly HttpClient _downloads;
    private readonly ITokenSource _tokens;
    private readonly StoreOptions _options;
    private readonly ServerClock _serverClock;
    private readonly ApiCaller _caller;
    private readonly FileDownloader _downloader;

    /// <summary>Connects to a store. Nothing is sent yet; <see cref="VerifyAsync"/> checks the address and the credentials.</summary>
    /// <param name="options">Where the store is, the credentials, and the limits to keep.</param>
    /// <param name="clock">Time, for the lifetime of tokens, for delays, and for the store's own clock.</param>
    /// <param name="random">Randomness, for the delays between attempts.</param>
    /// <param name="clients">Creates the HTTP clients; null for the default. Tests pass clients that need no network.</param>
    public StoreConnection(StoreOptions options, IClock clock, IRandomSource random, HttpClients? clients = null)
    {
        clients ??= new HttpClients();
        _options = options;
        _serverClock = new ServerClock(clock);
        _limiter = new AdaptiveRateLimiter(options.MaxRequestsPerSecond, clock);
        _transport = new ApiTransport(options, clients.ForApi(options), Counters, _serverClock, _limiter);
        _downloads = clients.ForDownloads(options);
        RetryPolicy retries = new(options, Counters, clock, random);
        _tokens = options.Credential.ClientId is null
            ? new StaticTokenSource(options.Credential.Secret)
            : new ClientCredentialsTokenSource(
                new TokenRequest(options, _transport, retries, Counters, _serverClock, clock), clock, _closed.Token);
        _caller = new ApiCaller(options, new AuthorizedTransport(_transport, _tokens), retries, clock, _closed.Token);
        _downloader = new FileDownloader(options, _downloads, retries, clock);
    }

    public StoreCounters Counters { get; } = new();

    public double RequestsPerSecond => _limiter.RequestsPerSecond;

    public IExportFiles ExportFiles { get; } = new ExportCsv();

    public ICodeFiles CodeFiles { get; } = new CodeFileConverter();

    public StoreApi Open(IRequestObserver observer, PromotionKind kind = PromotionKind.Rule)
    {
        PromotionApi promotions = new(_options, _caller, observer, kind);
        return new StoreApi(
            promotions,
            new JobApi(_options, _caller, observer, kind, _serverClock, _downloader),
            new CodeApi(_options, _caller, observer, kind),
            new UsageApi(_options, _caller, observer));
    }

    public Task VerifyAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        _tokens.CanRenew
            ? _caller.WhileOpenAsync(stop => _tokens.GetAsync(observer, stop), cancellationToken)
            : new PromotionApi(_options, _caller, observer, PromotionKind.Rule).VerifyAsync(cancellationToken);

    public void Dispose()
    {
        _closed.Cancel();
        _transport.Dispose();
        _downloads.Dispose();
    }
}
