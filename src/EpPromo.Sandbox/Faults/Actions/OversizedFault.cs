using System.Text;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Does the work and pads its answer, as a field nobody knows in JSON, else with lines at its end.</summary>
internal sealed class OversizedFault : IFault
{
    private static readonly byte[] Padding = Encoding.ASCII.GetBytes(new string('x', 65536));

    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        if (!Answer.MayHaveBody(context))
        {
            return;
        }

        (byte[] before, byte[] after) = body.Length > 2 && body[0] == '{'
            ? (Encoding.ASCII.GetBytes("{\"padding\":\""), [.. Encoding.ASCII.GetBytes("\","), .. body[1..]])
            : (body, Array.Empty<byte>());
        context.Response.ContentLength = before.Length + rule.Size + after.Length;
        await context.Response.Body.WriteAsync(before, context.RequestAborted);
        for (long left = rule.Size; left > 0; left -= Padding.Length)
        {
            await context.Response.Body.WriteAsync(Padding.AsMemory(0, (int)Math.Min(left, Padding.Length)), context.RequestAborted);
        }

        await context.Response.Body.WriteAsync(after, context.RequestAborted);
    }
}
