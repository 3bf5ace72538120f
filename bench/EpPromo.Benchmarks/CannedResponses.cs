using System.Net;
using System.Net.Http.Headers;

namespace EpPromo.Benchmarks;

/// <summary>Responds to every request at once, without a network.</summary>
/// <param name="status">The status of each response.</param>
/// <param name="json">Its body.</param>
internal sealed class CannedResponses(HttpStatusCode status, byte[] json) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body)
        {
            await body.CopyToAsync(Stream.Null, cancellationToken);
        }

        return new HttpResponseMessage(status)
        {
            Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }
}
