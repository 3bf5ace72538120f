using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Lets one list lag behind the writes (contract section 3, "consistency").</summary>
internal sealed class ListLagFault : IFault
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        context.Features.Set(new ListLag(rule.Time ?? Longest));
        return work(context);
    }
}
