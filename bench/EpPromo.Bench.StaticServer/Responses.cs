using Microsoft.AspNetCore.Http;

namespace EpPromo.Bench.StaticServer;

/// <summary>Responses whose body exists already.</summary>
internal static class Responses
{
    public static async Task WriteAsync(this HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    public static Task WriteJsonAsync(this HttpContext context, int status, ReadOnlyMemory<byte> json) =>
        context.WriteAsync(status, "application/json", json);
}
