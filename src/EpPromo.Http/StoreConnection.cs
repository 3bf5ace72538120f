using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Csv;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>What all callers of a store share: connections, token, request budget, the store's clock and the counters.</summary>
internal sealed class StoreConnection : IStoreConnection
{
    private readonly StoreOptions _options;
    private readonly CancellationTokenSource _closed = new();
    private readonly AdaptiveRateLimiter _limiter;
    private readonly ApiTransport _transport;
    private readonly HttpClient _downloads;
    private readonly ITokenSource _tokens;

    public StoreConnection(StoreOptions options, IClock clock, IRandomSource random, HttpClients clients)
    {
        _options = options;
        ServerClock = new ServerClock(clock);
        _limiter = new AdaptiveRateLimiter(options.MaxRequestsPerSecond, clock);
        _transport = new ApiTransport(options, clients.ForApi(options), Counters, ServerClock, _limiter);
        _downloads = clients.ForDownloads(options);
        Retries = new RetryPolicy(options, Counters, clock, random);
        _tokens = options.Credential.ClientId is null
            ? new GivenToken(options.Credential.Secret)
            : new ClientTokens(
                new TokenRequest(options, _transport, Retries, Counters, ServerClock, clock), clock, _closed.Token);
        Caller = new ApiCaller(options, _transport, Retries, _tokens, clock, _closed.Token);
        Downloader = new FileDownloader(options, _downloads, Retries, clock);
    }

    public StoreCounters Counters { get; } = new();

    public double RequestsPerSecond => _limiter.RequestsPerSecond;

    public IExportFiles ExportFiles { get; } = new ExportCsv();

    internal StoreOptions Options => _options;

    internal ServerClock ServerClock { get; }

    internal ApiCaller Caller { get; }

    internal FileDownloader Downloader { get; }

    private RetryPolicy Retries { get; }

    public StoreApi Open(IRequestObserver observer)
    {
        PromotionApi api = new(this, observer);
        return new StoreApi(api, api, api);
    }

    public Task VerifyAsync(IRequestObserver observer, CancellationToken cancellationToken) =>
        _tokens.CanRenew
            ? Caller.WhileOpenAsync(stop => _tokens.GetAsync(observer, stop), cancellationToken)
            : new PromotionApi(this, observer).VerifyAsync(cancellationToken);

    public void Dispose()
    {
        _closed.Cancel();
        _transport.Dispose();
        _downloads.Dispose();
    }
}
