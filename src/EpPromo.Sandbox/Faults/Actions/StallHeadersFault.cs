using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Does the work and keeps silent about it.</summary>
internal sealed class StallHeadersFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        await clock.Delay(rule.Time ?? Timeout.InfiniteTimeSpan, context.RequestAborted);
        await Answer.SendAsync(context, body);
    }
}
