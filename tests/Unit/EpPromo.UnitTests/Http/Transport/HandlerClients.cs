using System.Net;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>Clients whose requests, to whatever host, are recorded and responded to by the test instead of sent.</summary>
internal sealed class HandlerClients(Func<HttpRequestMessage, HttpResponseMessage> respond) : HttpClients
{
    private readonly List<HttpRequestMessage> _requests = [];

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<HttpRequestMessage> Requests => [.. _requests];

    protected override HttpMessageHandler NewHandler(DecompressionMethods decompression) => new Handler(this, respond);

    private sealed class Handler(HandlerClients clients, Func<HttpRequestMessage, HttpResponseMessage> respond) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clients._requests.Add(request);
            return Task.FromResult(respond(request));
        }
    }
}
