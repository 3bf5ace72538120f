using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Wire;

/// <summary>The body of a request, read as a whole when it arrived.</summary>
internal sealed record Received(byte[] Body)
{
    public static byte[] BodyOf(HttpContext context) => context.Features.GetRequiredFeature<Received>().Body;
}
