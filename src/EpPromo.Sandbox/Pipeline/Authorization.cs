using System.Net.Http.Headers;
using EpPromo.Sandbox.Endpoints;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Asks everything but the token endpoint for a living token (contract section 2).</summary>
internal sealed class Authorization(TokenRegistry tokens)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == TokenEndpoint.Path)
        {
            return next(context);
        }

        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out AuthenticationHeaderValue? header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || !tokens.TryUse(header.Parameter ?? "", out bool readOnly))
        {
            throw ApiError.BadToken();
        }

        return readOnly && !HttpMethods.IsGet(context.Request.Method) ? throw ApiError.Forbidden() : next(context);
    }
}
