using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Refuses in words what routing turns away with a bare status.</summary>
internal static class UnknownRoutes
{
    /// <exception cref="ApiError">404, 405.</exception>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        switch (context.Response.StatusCode)
        {
            case 404:
                throw ApiError.NotFound("Route");
            case 405:
                throw ApiError.MethodNotAllowed();
        }
    }
}
