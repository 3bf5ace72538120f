using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Waits before the request is processed.</summary>
internal sealed class DelayFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        await clock.Delay(rule.Time ?? TimeSpan.FromSeconds(1), context.RequestAborted);
        await next(context);
    }
}
