using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Accepts a job that will not do all it was asked for.</summary>
internal sealed class JobFateFault(bool fails) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        context.Features.Set(new JobFate(fails, rule.Count));
        return work(context);
    }
}
