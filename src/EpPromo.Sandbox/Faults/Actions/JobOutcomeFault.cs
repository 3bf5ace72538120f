using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Forces an outcome on the job that the request creates.</summary>
internal sealed class JobOutcomeFault(bool fails) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        context.Features.Set(new ForcedJobOutcome(fails, rule.Count));
        return next(context);
    }
}
