using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Lets the work be done and holds its answer back, to be harmed before it is sent.</summary>
internal static class Answer
{
    /// <summary>Does the work. Status and headers are on the response then, the body is what comes back, and nothing is sent.</summary>
    public static async Task<byte[]> HoldBackAsync(HttpContext context, RequestDelegate work)
    {
        IHttpResponseBodyFeature real = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new MemoryStream();
        var held = new StreamResponseBodyFeature(memory, real);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await work(context);
            await held.CompleteAsync();
        }
        finally
        {
            context.Features.Set(real);
        }

        return memory.ToArray();
    }

    /// <summary>Sends a body in place of the one that was held back.</summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        if (MayHaveBody(context))
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>Sends the first half of a body, announced in full.</summary>
    public static async Task SendHalfAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Whether HTTP lets this answer have a body at all.</summary>
    public static bool MayHaveBody(HttpContext context) =>
        context.Response.StatusCode is not (204 or 304) && !HttpMethods.IsHead(context.Request.Method);
}
