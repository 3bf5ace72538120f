using System.Text;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Processes the request and replaces the body with an invalid one; status and content type stay.</summary>
internal sealed class MalformedFault : IFault
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        ReadOnlyMemory<byte> malformed = random.Next(5) switch
        {
            0 => body.AsMemory(0, body.Length / 2),
            1 => Encoding.UTF8.GetBytes("<html><body>Welcome to the hotel network</body></html>"),
            2 => ReadOnlyMemory<byte>.Empty,
            3 => new byte[] { 0xFF, 0xFE, 0x00, 0xC3, 0x28, 0x22 },
            _ => Encoding.UTF8.GetBytes("{\"data\":{\"id\":"),
        };
        await BufferedResponse.SendAsync(context, malformed);
    }
}
