using EpPromo.Sandbox.Endpoints;
using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Hosting;

/// <summary>Puts together what a request goes through on either port, from the outside in.</summary>
internal sealed class SandboxParts(
    StoreState state, RequestLog log, FaultRules faults, FaultInjection injection, Func<HttpRequest, Uri> filesUri)
{
    private readonly ErrorAnswers _errors = new(state.Options);

    public void BuildApi(WebApplication app)
    {
        app.MapWhen(FaultAdmin.IsFor, BuildAdmin);

        // Twice: out here for requests that cannot even be read, and inside of the faults, which harm error answers as well.
        app.Use(_errors.InvokeAsync);
        app.Use(new RequestRecorder(log, state.Clock, "api").InvokeAsync);
        app.Use(injection.InvokeAsync);
        app.Use(_errors.InvokeAsync);
        app.Use(new RateLimit(state.Options, state.Clock).InvokeAsync);
        app.Use(new Authorization(state.Tokens).InvokeAsync);
        app.Use(UnknownRoutes.InvokeAsync);
        new TokenEndpoint(state).Map(app);
        new PromotionEndpoints(state).Map(app);
        new JobEndpoints(state, filesUri).Map(app);
        new CodeEndpoints(state).Map(app);
        new UsageEndpoints(state).Map(app);
    }

    public void BuildFiles(WebApplication app)
    {
        // For requests that cannot even be read; the host has its own way of refusing the others.
        app.Use(_errors.InvokeAsync);
        app.Use(new RequestRecorder(log, state.Clock, "files").InvokeAsync);
        app.Use(injection.InvokeAsync);
        new DownloadEndpoint(state).Map(app);
    }

    private void BuildAdmin(IApplicationBuilder app)
    {
        app.Use(_errors.InvokeAsync);
        app.Run(new FaultAdmin(faults).InvokeAsync);
    }
}
