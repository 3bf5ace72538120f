using EpPromo.Sandbox.Hosting;
using EpPromo.Sandbox.Options;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox;

/// <summary>A running sandbox: the API on one port, the file host on another. Dispose it to stop both.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly RequestLog _log;
    private readonly Listener _api;
    private readonly Listener _files;

    private SandboxServer(
        SandboxOptions options, ListenAddress address, SandboxStore store, FaultRules faults, RequestLog log, Listener api, Listener files)
    {
        Options = options;
        Store = store;
        Faults = faults;
        _log = log;
        _api = api;
        _files = files;
        BaseUri = address.Local(api.Port);
        FilesUri = address.Local(files.Port);
    }

    /// <summary>The base URL of the API, such as http://127.0.0.1:8420/.</summary>
    public Uri BaseUri { get; }

    /// <summary>The base URL of the file host: the same address with another port, and therefore another origin.</summary>
    public Uri FilesUri { get; }

    /// <summary>The environment variables that make the module connect to this sandbox.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["EPCC_API_BASE_URL"] = BaseUri.ToString().TrimEnd('/'),
        ["EPCC_CLIENT_ID"] = Options.ClientId,
        ["EPCC_CLIENT_SECRET"] = Options.ClientSecret,
    };

    /// <summary>The options that the sandbox was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>The promotions, jobs, codes and usages.</summary>
    public SandboxStore Store { get; }

    /// <summary>The active fault rules, which can be added and removed at any time.</summary>
    public FaultRules Faults { get; }

    /// <summary>The most recent requests received on both ports, oldest first.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>Starts a sandbox.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="PortInUseException">A port is already in use.</exception>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SandboxOptions();
        ListenAddress address = OptionsValidator.Validate(options);
        var log = new RequestLog(options.MaxRecordedRequests);
        var state = new StoreState(options);
        var store = new SandboxStore(state);
        if (options.IncludeSeedData)
        {
            SeedData.AddTo(store, state.Clock.UtcNow);
        }

        // Set below: the pipelines are built before the port of the file host is known.
        int filesPort = 0;
        var faults = new FaultRules(options.Seed, options.Faults);
        var pipelines = new PipelineBuilder(state, log, faults, FilesUriFor);
        Uri FilesUriFor(HttpRequest request) => address.For(request.Host.Host, filesPort);

        Listener files = await Listener.StartAsync(address.Ip, options.FilesPort, pipelines.BuildFiles, ct);
        filesPort = files.Port;
        try
        {
            Listener api = await Listener.StartAsync(address.Ip, options.Port, pipelines.BuildApi, ct);
            return new SandboxServer(options, address, store, faults, log, api, files);
        }
        catch
        {
            await files.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops both ports immediately.</summary>
    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _files.DisposeAsync();
    }
}
