using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Lets a request wait before it is looked at.</summary>
internal sealed class DelayFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        await clock.Delay(rule.Time ?? TimeSpan.FromSeconds(1), context.RequestAborted);
        await work(context);
    }
}
