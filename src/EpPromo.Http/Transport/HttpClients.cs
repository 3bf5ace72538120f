using System.Net;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using EpPromo.Stores;
using Flurl.Http;

namespace EpPromo.Http.Transport;

/// <summary>
/// Creates the two clients of a connection: one for the API, one for signed links on other hosts. Neither follows redirects nor
/// keeps cookies. Both belong to the connection alone: Flurl's process-wide clients and their event handlers, which any other
/// module in the session can configure, never get a request of ours.
/// </summary>
internal class HttpClients
{
    private const int MaxConnections = 64;

    private static readonly bool s_onFramework =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <summary>The client for the API. No status is an exception to it, and the timeouts are ours, not Flurl's.</summary>
    public FlurlClient ForApi(StoreOptions options)
    {
        FlurlClient client = new(Create(options, DecompressionMethods.GZip | DecompressionMethods.Deflate));
        client.Settings.Timeout = null;
        client.Settings.AllowedHttpStatusRange = "*";

        // Flurl follows redirects by itself, whatever the handler does.
        client.Settings.Redirects.Enabled = false;
        return client;
    }

    /// <summary>
    /// The client for signed links. It is not Flurl's, because a rebuilt query breaks a signature, and does not decompress, so that lengths
    /// and ranges are those of the bytes received. It never gets the token.
    /// </summary>
    public HttpClient ForDownloads(StoreOptions options) => Create(options, DecompressionMethods.None);

    /// <summary>
    /// The TLS versions that a handler offers. None means that the system decides. On .NET Framework the process may have decided
    /// (<see cref="ServicePointManager.SecurityProtocol"/>): Windows PowerShell 5.1 can run in one that allows nothing newer than TLS 1.0. Then
    /// TLS 1.2 is offered, and 1.3 if the process allows it. The setting of the process, which other modules share, is not changed.
    /// </summary>
    internal static SslProtocols TlsOf(bool onFramework, SecurityProtocolType process)
    {
        const SecurityProtocolType systemDecides = 0;
        const SslProtocols tls13 = (SslProtocols)12288;
        return onFramework && process is not systemDecides ? SslProtocols.Tls12 | ((SslProtocols)process & tls13) : SslProtocols.None;
    }

    /// <summary>The handler that sends the requests of one client.</summary>
    protected virtual HttpMessageHandler NewHandler(DecompressionMethods decompression) => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = decompression,
        MaxConnectionsPerServer = MaxConnections,
        SslProtocols = TlsOf(s_onFramework, ServicePointManager.SecurityProtocol),

        // The credentials of the user who runs the session, for a proxy that requires some and has none configured.
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
    };

    private HttpClient Create(StoreOptions options, DecompressionMethods decompression)
    {
        HttpClient client = new(NewHandler(decompression), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

        // "Expect: 100-continue" costs a round trip for each POST on .NET Framework, and some gateways do not support it.
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return client;
    }
}
