using EpPromo.Sandbox.Errors;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Adds an error body where ASP.NET's routing responds with a bare status.</summary>
internal static class UnknownRouteMiddleware
{
    /// <exception cref="ErrorResponseException">404, 405.</exception>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        switch (context.Response.StatusCode)
        {
            case 404:
                throw ErrorResponses.NotFound("Route");
            case 405:
                throw ErrorResponses.MethodNotAllowed();
        }
    }
}
