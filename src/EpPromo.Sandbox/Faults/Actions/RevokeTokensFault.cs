using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Lets every token die just before a request that carries one (contract section 2: without warning).</summary>
internal sealed class RevokeTokensFault(TokenRegistry tokens) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        tokens.RevokeAll();
        return work(context);
    }
}
