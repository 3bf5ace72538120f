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

namespace EpPromo.Sandbox.Hosting;

/// <summary>Assembles the middleware and endpoints of both ports, outermost first.</summary>
internal sealed class PipelineBuilder(StoreState state, RequestLog log, FaultRules faults, Func<HttpRequest, Uri> filesUri)
{
    private readonly ErrorResponseMiddleware _errors = new(state.Options);
    private readonly FaultInjectionMiddleware _faults = new(faults, state, filesUri);

    public void BuildApi(WebApplication app)
    {
        app.MapWhen(FaultAdminEndpoint.IsFor, BuildAdmin);

        // Errors are handled twice: out here for requests that cannot be read, and inside the faults, which alter error responses too.
        app.Use(_errors.InvokeAsync);
        app.Use(new RequestRecordingMiddleware(log, state.Clock, "api").InvokeAsync);
        app.Use(_faults.InvokeAsync);
        app.Use(_errors.InvokeAsync);
        app.Use(new RateLimitMiddleware(state.Options, state.Clock).InvokeAsync);
        app.Use(new BearerTokenMiddleware(state.Tokens).InvokeAsync);
        app.Use(UnknownRouteMiddleware.InvokeAsync);
        new TokenEndpoint(state).Map(app);
        new PromotionEndpoints(state).Map(app);
        new JobEndpoints(state, filesUri).Map(app);
        new CodeEndpoints(state).Map(app);
        new UsageEndpoints(state).Map(app);
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
        app.Run(new FaultAdminEndpoint(faults).InvokeAsync);
    }
}
