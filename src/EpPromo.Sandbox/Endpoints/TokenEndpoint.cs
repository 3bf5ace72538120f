using System.Text;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>Hands out tokens (contract section 2).</summary>
internal sealed class TokenEndpoint(StoreState state)
{
    public const string Path = "/oauth/access_token";

    private static readonly string[] Known = ["grant_type", "client_id", "client_secret"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, IssueAsync).WithMetadata(EndpointKind.Token);

    private Task IssueAsync(HttpContext context)
    {
        Dictionary<string, StringValues> form = ReadForm(context);
        bool implicitGrant = form.GetValueOrDefault("grant_type") == "implicit";
        if (!implicitGrant && form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            throw ApiError.BadRequest("grant_type must be client_credentials or implicit");
        }

        SandboxOptions options = state.Options;
        if (form.GetValueOrDefault("client_id") != options.ClientId
            || (!implicitGrant && form.GetValueOrDefault("client_secret") != options.ClientSecret))
        {
            throw ApiError.BadCredentials();
        }

        (string token, DateTimeOffset expires) = state.Tokens.Issue(readOnly: implicitGrant);
        var fields = new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)options.TokenLifetime.TotalSeconds,
            ["expires"] = expires.ToUnixTimeSeconds(),
            ["identifier"] = implicitGrant ? "implicit" : "client_credentials",
        };
        return JsonAnswer.WriteAsync(context, 200, options.WrapTokenInData ? new JsonObject { ["data"] = fields } : fields);
    }

    private static Dictionary<string, StringValues> ReadForm(HttpContext context)
    {
        string type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.BadRequest("The Content-Type must be application/x-www-form-urlencoded");
        }

        Dictionary<string, StringValues> form = Parse(Received.BodyOf(context));
        return form.FirstOrDefault(field => field.Value.Count != 1 || !Known.Contains(field.Key)).Key is { } odd
            ? throw ApiError.BadRequest($"Unknown or repeated field: {odd}")
            : form;
    }

    private static Dictionary<string, StringValues> Parse(byte[] body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body));
        try
        {
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            // More fields, or longer ones, than a form may have by default: three belong here.
            throw ApiError.BadRequest("The form has too many fields, or too long ones");
        }
    }
}
