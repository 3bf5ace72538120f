using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Hosting;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox;

/// <summary>A running sandbox: the API on one port, the file host on another. Disposing it stops both.</summary>
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

    /// <summary>The API's base URL, such as http://127.0.0.1:8420/.</summary>
    public Uri BaseUri { get; }

    /// <summary>The file host's base URL: the same address, another port, and so another origin.</summary>
    public Uri FilesUri { get; }

    /// <summary>The environment variables from which the module connects to this sandbox.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["EPCC_API_BASE_URL"] = BaseUri.ToString().TrimEnd('/'),
        ["EPCC_CLIENT_ID"] = Options.ClientId,
        ["EPCC_CLIENT_SECRET"] = Options.ClientSecret,
    };

    /// <summary>What the sandbox was started with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>What it holds.</summary>
    public SandboxStore Store { get; }

    /// <summary>What goes wrong; rules can be added and removed at any time.</summary>
    public FaultRules Faults { get; }

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
        var log = new RequestLog(options.MaxRecordedRequests);
        var state = new StoreState(options);
        var store = new SandboxStore(state);
        if (options.IncludeSeedData)
        {
            SeedData.Fill(store, state.Clock.UtcNow);
        }

        // Filled in below: the pipelines are built before the port of the files is known.
        int filesPort = 0;
        var faults = new FaultRules(options.Seed, options.Faults);
        var parts = new SandboxParts(state, log, faults, new FaultInjection(faults, state, FilesOf), FilesOf);
        Uri FilesOf(HttpRequest request) => address.For(request.Host.Host, filesPort);

        Listener files = await Listener.StartAsync(address.Ip, options.FilesPort, parts.BuildFiles, ct);
        filesPort = files.Port;
        try
        {
            Listener api = await Listener.StartAsync(address.Ip, options.Port, parts.BuildApi, ct);
            return new SandboxServer(options, address, store, faults, log, api, files);
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
}
