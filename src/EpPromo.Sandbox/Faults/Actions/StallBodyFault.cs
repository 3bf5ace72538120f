using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Sends half of the body, waits, and sends the rest; without a time, it waits until the client disconnects.</summary>
internal sealed class StallBodyFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        if (!BufferedResponse.AllowsBody(context))
        {
            return;
        }

        await BufferedResponse.SendHalfAsync(context, body);
        await clock.Delay(rule.Time ?? Timeout.InfiniteTimeSpan, context.RequestAborted);
        await context.Response.Body.WriteAsync(body.AsMemory(body.Length / 2), context.RequestAborted);
    }
}
