using System.Net;
using EpPromo.Sandbox.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EpPromo.Sandbox.Hosting;

/// <summary>A web server on one port.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Listener(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    /// <exception cref="PortInUseException">The port is already in use.</exception>
    public static async Task<Listener> StartAsync(IPAddress ip, int port, Action<WebApplication> build, CancellationToken ct)
    {
        // No configuration files, environment variables or console logging.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBodyReader.MaxBytes;

            // A filter may have 8 KB (contract section 3) and is longer when escaped; the default limit of a request line is 8 KB.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(ip, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication app = builder.Build();
        build(app);
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new PortInUseException(port, failure);
        }

        IFeatureCollection features = app.Services.GetRequiredService<IServer>().Features;
        return new Listener(app, new Uri(features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Port);
    }

    /// <summary>Aborts requests in progress instead of waiting for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
