using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Lists;

/// <summary>How far the list in one response lags behind writes; overrides <see cref="SandboxOptions.ListLag"/>.</summary>
internal sealed record ListLag(TimeSpan Value)
{
    public static TimeSpan Of(HttpContext context, SandboxOptions options) =>
        context.Features.Get<ListLag>()?.Value ?? options.ListLag;
}
