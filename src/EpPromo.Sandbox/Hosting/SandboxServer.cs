using EpPromo.Sandbox.Endpoints;
using EpPromo.Sandbox.Hosting;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Builder;

namespace EpPromo.Sandbox;

/// <summary>A running sandbox: the API on one port, the file host on another. Disposing it stops both.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly RequestLog _log;
    private readonly Listener _api;
    private readonly Listener _files;

    private SandboxServer(SandboxOptions options, ListenAddress address, SandboxStore store, RequestLog log, Listener api, Listener files)
    {
        Options = options;
        Store = store;
        _log = log;
        _api = api;
        _files = files;
        BaseUri = address.Local(api.Port);
        FilesUri = address.Local(files.Port);
    }

    /// <summary>The API's base URL, such as http://127.0.0.1:8420/.</summary>
    public Uri BaseUri { get; }

    /// <summary>The file host's base URL: the same address, another port, and so another origin.</summary>
    public Uri FilesUri { get; }

    /// <summary>What the sandbox was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>What it holds.</summary>
    public SandboxStore Store { get; }

    /// <summary>The requests received on both ports so far, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Starts a sandbox.</summary>
    /// <param name="options">How it behaves; the defaults if null.</param>
    /// <param name="ct">Gives up starting.</param>
    /// <exception cref="PortInUseException">A port that was asked for is taken.</exception>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SandboxOptions();
        ListenAddress address = OptionChecks.Check(options);
        var log = new RequestLog(options.RequestsKept);
        var state = new StoreState(options);
        var store = new SandboxStore(state);
        if (options.Seeded)
        {
            SeedData.Fill(store, state.Clock.UtcNow);
        }

        Listener files = await Listener.StartAsync(address.Ip, options.FilesPort, app => BuildFiles(app, state, log), ct);
        try
        {
            Listener api = await Listener.StartAsync(address.Ip, options.Port, app => BuildApi(app, state, log, address, files.Port), ct);
            return new SandboxServer(options, address, store, log, api, files);
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops both ports at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _files.DisposeAsync();
    }

    private static void BuildApi(WebApplication app, StoreState state, RequestLog log, ListenAddress address, int filesPort)
    {
        app.Use(new RequestRecorder(log, state.Clock, "api").InvokeAsync);
        app.Use(new ErrorAnswers(state.Options).InvokeAsync);
        app.Use(new RateLimit(state.Options, state.Clock).InvokeAsync);
        app.Use(new Authorization(state.Tokens).InvokeAsync);
        new TokenEndpoint(state).Map(app);
        new PromotionEndpoints(state).Map(app);
        new JobEndpoints(state, request => address.For(request.Host.Host, filesPort)).Map(app);
        new CodeEndpoints(state).Map(app);
        new UsageEndpoints(state).Map(app);
    }

    private static void BuildFiles(WebApplication app, StoreState state, RequestLog log)
    {
        app.Use(new RequestRecorder(log, state.Clock, "files").InvokeAsync);
        new DownloadEndpoint(state).Map(app);
    }
}
