using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Sends half of an answer and falls silent; goes on afterwards, if there is an afterwards.</summary>
internal sealed class StallBodyFault(SandboxClock clock) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        if (!Answer.MayHaveBody(context))
        {
            return;
        }

        await Answer.SendHalfAsync(context, body);
        await clock.Delay(rule.Time ?? Timeout.InfiniteTimeSpan, context.RequestAborted);
        await context.Response.Body.WriteAsync(body.AsMemory(body.Length / 2), context.RequestAborted);
    }
}
