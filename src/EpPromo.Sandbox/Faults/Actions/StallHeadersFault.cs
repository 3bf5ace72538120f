using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Processes the request and waits before it sends the response; without a time, until the client disconnects.</summary>
internal sealed class StallHeadersFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        await clock.Delay(rule.Time ?? Timeout.InfiniteTimeSpan, context.RequestAborted);
        await BufferedResponse.SendAsync(context, body);
    }
}
