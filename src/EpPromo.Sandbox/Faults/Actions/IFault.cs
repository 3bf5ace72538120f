using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Does one kind of harm to a request.</summary>
internal interface IFault
{
    /// <param name="context">The request.</param>
    /// <param name="work">Answers it as it should be answered.</param>
    /// <param name="rule">What the harm is to be like.</param>
    /// <param name="random">For what the rule leaves open.</param>
    Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random);
}
