using System.Net;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Usages;
using EpPromo.Sandbox.WebPage;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Hosting;

/// <summary>
/// The page at / and what a running sandbox can be told to do, below /_sandbox. It is not part of the API: it needs no token, does not count
/// towards the rate limit, has no faults itself, and only this machine can reach it, by a loopback name or address: a page of another site could
/// have a host name that leads here, and its scripts would then be of the same origin (DNS rebinding).
/// </summary>
internal sealed class AdminEndpoints(FaultRules faults, StoreState state, RequestLog log)
{
    private const string Root = "/_sandbox";

    private readonly FaultAdminEndpoint _faults = new(faults);
    private readonly JobAdminEndpoint _jobs = new(state);
    private readonly UsageAdminEndpoint _usages = new(state);
    private readonly PageEndpoints _page = new(state, log, faults);

    public static bool IsFor(HttpContext context) =>
        PageEndpoints.IsFor(context) || context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    /// <exception cref="ErrorResponseException">400, 404, 405, 409, 415, 421, 422.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } client || !IPAddress.IsLoopback(client))
        {
            throw ErrorResponses.NotFound("Route");
        }

        if (!IsLoopback(context.Request.Host.Host))
        {
            throw ErrorResponses.MisdirectedRequest();
        }

        PathString path = context.Request.Path;
        return path.StartsWithSegments(FaultAdminEndpoint.Route, StringComparison.Ordinal) ? _faults.InvokeAsync(context)
            : path == JobAdminEndpoint.Route ? _jobs.InvokeAsync(context)
            : path == UsageAdminEndpoint.Route ? _usages.InvokeAsync(context)
            : _page.InvokeAsync(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
