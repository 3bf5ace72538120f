using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>How far the list that answers this request lags behind, where that is not what the options say.</summary>
internal sealed record ListLag(TimeSpan Value)
{
    public static TimeSpan Of(HttpContext context, SandboxOptions options) =>
        context.Features.Get<ListLag>()?.Value ?? options.ListLag;
}
