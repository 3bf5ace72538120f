using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Drops the connection before or after the request is processed, which the client cannot tell apart.</summary>
internal sealed class DropFault(bool processFirst) : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        if (processFirst)
        {
            await BufferedResponse.CaptureAsync(context, next);
        }

        context.Features.Set(new DroppedResponse());
        context.Abort();
    }
}
