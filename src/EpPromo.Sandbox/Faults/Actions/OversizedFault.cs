using System.Text;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Processes the request and pads the body: with an unknown field if it is a JSON object, otherwise at its end.</summary>
internal sealed class OversizedFault : IFault
{
    private static readonly byte[] s_padding = Encoding.ASCII.GetBytes(new string('x', 65536));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        if (!BufferedResponse.AllowsBody(context))
        {
            return;
        }

        (byte[] before, byte[] after) = body.Length > 2 && body[0] == '{'
            ? (Encoding.ASCII.GetBytes("{\"padding\":\""), [.. Encoding.ASCII.GetBytes("\","), .. body[1..]])
            : (body, Array.Empty<byte>());
        context.Response.ContentLength = before.Length + rule.Size + after.Length;
        await context.Response.Body.WriteAsync(before, context.RequestAborted);
        for (long remaining = rule.Size; remaining > 0; remaining -= s_padding.Length)
        {
            await context.Response.Body.WriteAsync(s_padding.AsMemory(0, (int)Math.Min(remaining, s_padding.Length)), context.RequestAborted);
        }

        await context.Response.Body.WriteAsync(after, context.RequestAborted);
    }
}
