using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>
/// Sends the headers of the whole body but only half of it. The server then closes the connection gracefully, so the client
/// does receive that half; if the connection were dropped, it might not.
/// </summary>
internal sealed class TruncateFault : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        if (BufferedResponse.AllowsBody(context))
        {
            await BufferedResponse.SendHalfAsync(context, body);
        }
    }
}
