using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>The whole body of a request, read by <see cref="RequestRecordingMiddleware"/> when the request arrived.</summary>
internal sealed record BufferedBody(byte[] Bytes)
{
    public static byte[] Of(HttpContext context) => context.Features.GetRequiredFeature<BufferedBody>().Bytes;
}
