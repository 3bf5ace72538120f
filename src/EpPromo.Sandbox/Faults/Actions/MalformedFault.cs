using System.Text;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Does the work and answers with something that cannot be read, under the status and the type of the real answer.</summary>
internal sealed class MalformedFault : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        ReadOnlyMemory<byte> broken = random.Next(5) switch
        {
            0 => body.AsMemory(0, body.Length / 2),
            1 => Encoding.UTF8.GetBytes("<html><body>Welcome to the hotel network</body></html>"),
            2 => ReadOnlyMemory<byte>.Empty,
            3 => new byte[] { 0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x22 },
            _ => Encoding.UTF8.GetBytes("{\"data\":{\"id\":"),
        };
        await Answer.SendAsync(context, broken);
    }
}
