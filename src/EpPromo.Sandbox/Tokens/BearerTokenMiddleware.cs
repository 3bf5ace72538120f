using System.Net.Http.Headers;
using EpPromo.Sandbox.Errors;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Tokens;

/// <summary>Requires a valid access token for every request except token requests (contract section 2).</summary>
internal sealed class BearerTokenMiddleware(TokenRegistry tokens)
{
    /// <exception cref="ErrorResponseException">401; 403: the token is read-only.</exception>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == TokenEndpoint.Path)
        {
            return next(context);
        }

        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out AuthenticationHeaderValue? header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || !tokens.TryValidate(header.Parameter ?? "", out bool readOnly))
        {
            throw ErrorResponses.InvalidToken();
        }

        return readOnly && !HttpMethods.IsGet(context.Request.Method) ? throw ErrorResponses.Forbidden() : next(context);
    }
}
