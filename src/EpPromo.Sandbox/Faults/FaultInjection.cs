using EpPromo.Sandbox.Endpoints;
using EpPromo.Sandbox.Faults.Actions;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults;

/// <summary>
/// Stands between the wire and everything that does work. Each rule that strikes wraps what follows, the next striking
/// rule first and the work last, so the endpoints know nothing of faults.
/// </summary>
internal sealed class FaultInjection(FaultRules rules, StoreState state, Func<HttpRequest, Uri> filesUri)
{
    private readonly Dictionary<FaultAction, IFault> _actions = new()
    {
        [FaultAction.Status] = new StatusFault(state),
        [FaultAction.DropBefore] = new DropFault(afterWork: false),
        [FaultAction.DropAfter] = new DropFault(afterWork: true),
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
        [FaultAction.FailJob] = new JobFateFault(fails: true),
        [FaultAction.ShortJob] = new JobFateFault(fails: false),
    };

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => StrikeAsync(context, next, after: 0);

    private Task StrikeAsync(HttpContext context, RequestDelegate next, int after)
    {
        string? endpoint = context.GetEndpoint()?.Metadata.GetMetadata<EndpointKind>()?.Name;
        if (rules.Strike(after, endpoint, context.Request.Method, context.Request.Path.Value ?? "") is not { } strike)
        {
            return next(context);
        }

        FaultRule rule = strike.Rule.Rule;
        return _actions[rule.Action].InvokeAsync(context, then => StrikeAsync(then, next, strike.Rule.Id), rule, strike.Random);
    }
}
