using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Tokens;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Revokes every token just before a request that has one is processed (contract section 2: without warning).</summary>
internal sealed class RevokeTokensFault(TokenRegistry tokens) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        tokens.RevokeAll();
        return next(context);
    }
}
