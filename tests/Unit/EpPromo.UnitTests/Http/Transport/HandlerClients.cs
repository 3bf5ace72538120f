using System.Net;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>Clients that send everything, to whatever host, to a handler of the test's own: what would leave is seen before it does.</summary>
internal sealed class HandlerClients(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpClients
{
    private readonly List<HttpRequestMessage> _requests = [];

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<HttpRequestMessage> Requests => [.. _requests];

    protected override HttpMessageHandler NewHandler(DecompressionMethods decompression) => new Handler(this, answer);

    private sealed class Handler(HandlerClients clients, Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clients._requests.Add(request);
            return Task.FromResult(answer(request));
        }
    }
}
