using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>One kind of fault.</summary>
internal interface IFault
{
    /// <param name="context">The request.</param>
    /// <param name="next">Processes the request without this fault.</param>
    /// <param name="rule">The rule that was triggered.</param>
    /// <param name="random">For what the rule leaves open.</param>
    Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random);
}
