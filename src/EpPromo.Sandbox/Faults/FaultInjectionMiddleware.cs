using EpPromo.Sandbox.Faults.Actions;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults;

/// <summary>
/// Injects faults between the network and the rest of the pipeline, so that the endpoints know nothing about them. Each
/// triggered fault wraps the next one, and the last one wraps the rest of the pipeline.
/// </summary>
internal sealed class FaultInjectionMiddleware(FaultRules rules, StoreState state, Func<HttpRequest, Uri> filesUri)
{
    private readonly Dictionary<FaultAction, IFault> _faults = new()
    {
        [FaultAction.Status] = new StatusFault(state),
        [FaultAction.DropBefore] = new DropFault(processFirst: false),
        [FaultAction.DropAfter] = new DropFault(processFirst: true),
        [FaultAction.Delay] = new DelayFault(state.Clock),
        [FaultAction.StallHeaders] = new StallHeadersFault(state.Clock),
        [FaultAction.StallBody] = new StallBodyFault(state.Clock),
        [FaultAction.Truncate] = new TruncateFault(),
        [FaultAction.Malformed] = new MalformedFault(),
        [FaultAction.Oversized] = new OversizedFault(),
        [FaultAction.WrongTypes] = new WrongTypesFault(),
        [FaultAction.ListLag] = new ListLagFault(),
        [FaultAction.RevokeTokens] = new RevokeTokensFault(state.Tokens),
        [FaultAction.ExpireLinks] = new ExpireLinksFault(state.Links),
        [FaultAction.Redirect] = new RedirectFault(filesUri),
        [FaultAction.FailJob] = new JobOutcomeFault(fails: true),
        [FaultAction.ShortJob] = new JobOutcomeFault(fails: false),
    };

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => InvokeAsync(context, next, afterId: 0);

    private Task InvokeAsync(HttpContext context, RequestDelegate next, int afterId)
    {
        string? endpoint = context.GetEndpoint()?.Metadata.GetMetadata<EndpointName>()?.Value;
        if (rules.TriggerNext(afterId, endpoint, context.Request.Method, context.Request.Path.Value ?? "") is not { } triggered)
        {
            return next(context);
        }

        FaultRule rule = triggered.Fault.Rule;
        return _faults[rule.Action].InvokeAsync(
            context, inner => InvokeAsync(inner, next, triggered.Fault.Id), rule, triggered.Random);
    }
}
