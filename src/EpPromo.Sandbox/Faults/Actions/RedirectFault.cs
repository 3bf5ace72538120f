using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Redirects the client to another origin, to test which headers it sends there.</summary>
internal sealed class RedirectFault(Func<HttpRequest, Uri> filesUri) : IFault
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        context.Response.StatusCode = rule.Status ?? StatusCodes.Status302Found;
        context.Response.Headers.Location = rule.Url ?? filesUri(context.Request).GetLeftPart(UriPartial.Authority) + target;
        return Task.CompletedTask;
    }
}
