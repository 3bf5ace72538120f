using System.Net;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using EpPromo.Stores;
using Flurl.Http;

namespace EpPromo.Http;

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

    /// <summary>The client for the API. It reads any status as an answer, and its time limits are ours, not Flurl's.</summary>
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
    /// The client for signed links: no Flurl, because a rebuilt query breaks a signature, and no decompression, so that lengths and
    /// ranges are those of the bytes that come. It never sees the token.
    /// </summary>
    public HttpClient ForDownloads(StoreOptions options) => Create(options, DecompressionMethods.None);

    /// <summary>
    /// What a handler is told to offer: nothing, so that the system decides; on .NET Framework, where the process has decided for
    /// some versions, those of them that a store takes, and TLS 1.2. Windows PowerShell 5.1 can come with a process that allows nothing newer
    /// than TLS 1.0; what it allows others is not changed.
    /// </summary>
    internal static SslProtocols TlsOf(bool onFramework, SecurityProtocolType process)
    {
        const SecurityProtocolType systemDecides = 0;
        const SslProtocols tls13 = (SslProtocols)12288;
        return onFramework && process is not systemDecides ? SslProtocols.Tls12 | ((SslProtocols)process & tls13) : SslProtocols.None;
    }

    /// <summary>What sends the requests of one client.</summary>
    protected virtual HttpMessageHandler NewHandler(DecompressionMethods decompression) => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = decompression,
        MaxConnectionsPerServer = MaxConnections,
        SslProtocols = TlsOf(s_onFramework, ServicePointManager.SecurityProtocol),

        // Those of the user who runs the session, for a proxy that asks and was given none of its own.
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
    };

    private HttpClient Create(StoreOptions options, DecompressionMethods decompression)
    {
        HttpClient client = new(NewHandler(decompression), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

        // "100 Continue" costs .NET Framework a round trip a post, and gateways do not always know it.
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", options.UserAgent);
        return client;
    }
}
