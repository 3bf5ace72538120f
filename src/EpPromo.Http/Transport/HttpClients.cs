using System.Net;
using Flurl.Http;

namespace EpPromo.Http;

/// <summary>
/// Makes the two clients of a connection: one for the API, one for signed links on other hosts. Neither follows redirects nor
/// keeps cookies, and nothing is set for the process: sessions share it with other modules.
/// </summary>
internal class HttpClients
{
    private const int MaxConnections = 64;

    /// <summary>The client for the API. It reads any status as an answer, and its time limits are ours, not Flurl's.</summary>
    public FlurlClient ForApi()
    {
        FlurlClient client = new(Create(DecompressionMethods.GZip | DecompressionMethods.Deflate));
        client.Settings.Timeout = null;
        client.Settings.CookiesEnabled = false;
        client.Settings.AllowedHttpStatusRange = "*";

        // Handlers that somebody else has set for the whole process would be handed the request, and with it the token.
        client.Settings.BeforeCall = null;
        client.Settings.BeforeCallAsync = null;
        client.Settings.AfterCall = null;
        client.Settings.AfterCallAsync = null;
        client.Settings.OnError = null;
        client.Settings.OnErrorAsync = null;
        return client;
    }

    /// <summary>
    /// The client for signed links: no Flurl, because a rebuilt query breaks a signature, and no decompression, so that lengths and
    /// ranges are those of the bytes that come. It never sees the token.
    /// </summary>
    public HttpClient ForDownloads() => Create(DecompressionMethods.None);

    /// <summary>What sends the requests of one client.</summary>
    protected virtual HttpMessageHandler NewHandler(DecompressionMethods decompression)
    {
        WindowsPowerShellTls.Allow();
        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            MaxConnectionsPerServer = MaxConnections,
        };
    }

    private HttpClient Create(DecompressionMethods decompression)
    {
        HttpClient client = new(NewHandler(decompression), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

        // "100 Continue" costs .NET Framework a round trip a post, and gateways do not always know it.
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }
}
