using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>
/// Announces an answer in full and ends it half-way. The server notices what is missing and closes the connection in an
/// orderly way, so the half that was sent does arrive, which after a drop would be a matter of luck.
/// </summary>
internal sealed class TruncateFault : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        if (Answer.MayHaveBody(context))
        {
            await Answer.SendHalfAsync(context, body);
        }
    }
}
