using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Drops the connection, before the work or after it. To the client both look the same: that is the point.</summary>
internal sealed class DropFault(bool afterWork) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        if (afterWork)
        {
            await Answer.HoldBackAsync(context, work);
        }

        context.Features.Set(new NoAnswer());
        context.Abort();
    }
}
