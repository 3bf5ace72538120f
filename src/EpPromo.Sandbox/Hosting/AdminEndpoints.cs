using System.Net;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Faults;
using EpPromo.Sandbox.Store;
using EpPromo.Sandbox.Usages;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Hosting;

/// <summary>
/// What a running sandbox can be told to do, below /_sandbox. It is not part of the API: it needs no token, does not count towards the rate
/// limit, has no faults itself, and only this machine can reach it.
/// </summary>
internal sealed class AdminEndpoints(FaultRules faults, StoreState state)
{
    private const string Root = "/_sandbox";

    private readonly FaultAdminEndpoint _faults = new(faults);
    private readonly UsageAdminEndpoint _usages = new(state);

    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    /// <exception cref="ErrorResponseException">400, 404, 405, 415.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        bool isLocal = context.Connection.RemoteIpAddress is { } client && IPAddress.IsLoopback(client);
        return isLocal && context.Request.Path.StartsWithSegments(FaultAdminEndpoint.Route, StringComparison.Ordinal) ? _faults.InvokeAsync(context)
            : isLocal && context.Request.Path == UsageAdminEndpoint.Route ? _usages.InvokeAsync(context)
            : throw ErrorResponses.NotFound("Route");
    }
}
