using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Makes the list in one response lag behind writes (contract section 3, "consistency").</summary>
internal sealed class ListLagFault : IFault
{
    private static readonly TimeSpan s_defaultLag = TimeSpan.FromSeconds(60);

    public Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        context.Features.Set(new ListLag(rule.Time ?? s_defaultLag));
        return next(context);
    }
}
