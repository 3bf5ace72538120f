using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Makes every signed link expire just before one is used (contract section 5, "File").</summary>
internal sealed class ExpireLinksFault(LinkSigner links) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        links.ExpireAll();
        return next(context);
    }
}
