using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Exports;
using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Tokens;
using EpPromo.Sandbox.Usages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Hosting;

/// <summary>Assembles the middleware and endpoints of both ports, outermost first.</summary>
internal sealed class PipelineBuilder(StoreState state, RequestLog log, FaultRules faults, Func<HttpRequest, Uri> filesUri)
{
    private readonly ErrorResponseMiddleware _errors = new(state.Options);
    private readonly FaultInjectionMiddleware _faults = new(faults, state, filesUri);

    public void BuildApi(WebApplication app)
    {
        app.MapWhen(AdminEndpoints.IsFor, BuildAdmin);

        // Errors are handled twice: out here for requests that cannot be read, and inside the faults, which alter error responses too.
        app.Use(_errors.InvokeAsync);
        app.Use(new RequestRecordingMiddleware(log, state.Clock, "api").InvokeAsync);
        app.Use(_faults.InvokeAsync);
        app.Use(_errors.InvokeAsync);
        app.Use(new RateLimitMiddleware(state.Options, state.Clock).InvokeAsync);
        app.Use(new BearerTokenMiddleware(state.Tokens).InvokeAsync);
        app.Use(UnknownRouteMiddleware.InvokeAsync);
        app.Use(new PromotionVariantMiddleware(state).InvokeAsync);
        new TokenEndpoint(state).Map(app);
        foreach (PromotionVariant variant in PromotionVariant.All)
        {
            MapPromotions(app.MapGroup(variant.Path).WithMetadata(variant), variant.IsStandard);
        }
    }

    // Of Promotions Standard, the contract has only what promotions, jobs and codes need (section 7).
    private void MapPromotions(RouteGroupBuilder routes, bool isStandard)
    {
        var promotions = new PromotionEndpoints(state);
        promotions.MapReads(routes);
        new JobEndpoints(state, filesUri).Map(routes);
        new CodeEndpoints(state).Map(routes);
        if (!isStandard)
        {
            promotions.MapWrites(routes);
            new UsageEndpoints(state).Map(routes);
        }
    }

    public void BuildFiles(WebApplication app)
    {
        // Only for requests that cannot be read; the file host writes its other errors itself.
        app.Use(_errors.InvokeAsync);
        app.Use(new RequestRecordingMiddleware(log, state.Clock, "files").InvokeAsync);
        app.Use(_faults.InvokeAsync);
        new DownloadEndpoint(state).Map(app);
    }

    private void BuildAdmin(IApplicationBuilder app)
    {
        app.Use(_errors.InvokeAsync);
        app.Run(new AdminEndpoints(faults, state, log).InvokeAsync);
    }
}
