using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Lets every signed link expire just before it is used (contract section 5, "File").</summary>
internal sealed class ExpireLinksFault(LinkSigner links) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        links.ExpireAll();
        return work(context);
    }
}
