using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Captures the response of the inner pipeline, so that a fault can alter it before it is sent.</summary>
internal static class BufferedResponse
{
    /// <summary>Processes the request and returns the body. Status and headers are set on the response; nothing has been sent.</summary>
    public static async Task<byte[]> CaptureAsync(HttpContext context, RequestDelegate next)
    {
        IHttpResponseBodyFeature original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new MemoryStream();
        var buffered = new StreamResponseBodyFeature(memory, original);
        context.Features.Set<IHttpResponseBodyFeature>(buffered);
        try
        {
            await next(context);
            await buffered.CompleteAsync();
        }
        finally
        {
            context.Features.Set(original);
        }

        return memory.ToArray();
    }

    /// <summary>Sends a body in place of the captured one.</summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (AllowsBody(context))
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>Sends the first half of a body, with the Content-Length of the whole.</summary>
    public static async Task SendHalfAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Whether HTTP allows this response to have a body.</summary>
    public static bool AllowsBody(HttpContext context) =>
        context.Response.StatusCode is not (204 or 304) && !HttpMethods.IsHead(context.Request.Method);
}
