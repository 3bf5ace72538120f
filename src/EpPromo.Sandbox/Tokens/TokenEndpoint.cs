using System.Text;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EpPromo.Sandbox.Tokens;

/// <summary>The endpoint that issues access tokens (contract section 2).</summary>
internal sealed class TokenEndpoint(StoreState state)
{
    public const string Path = "/oauth/access_token";

    private static readonly string[] s_knownFields = ["grant_type", "client_id", "client_secret"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, IssueAsync).WithMetadata(EndpointName.Token);

    private Task IssueAsync(HttpContext context)
    {
        Dictionary<string, StringValues> form = ReadForm(context);
        bool implicitGrant = form.GetValueOrDefault("grant_type") == "implicit";
        if (!implicitGrant && form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            throw ErrorResponses.BadRequest("grant_type must be client_credentials or implicit");
        }

        SandboxOptions options = state.Options;
        if (form.GetValueOrDefault("client_id") != options.ClientId
            || (!implicitGrant && form.GetValueOrDefault("client_secret") != options.ClientSecret))
        {
            throw ErrorResponses.InvalidCredentials();
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
        return JsonResponse.WriteAsync(context, 200, options.WrapTokenInData ? new JsonObject { ["data"] = fields } : fields);
    }

    private static Dictionary<string, StringValues> ReadForm(HttpContext context)
    {
        string type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw ErrorResponses.BadRequest("The Content-Type must be application/x-www-form-urlencoded");
        }

        Dictionary<string, StringValues> form = Parse(BufferedBody.Of(context));
        return form.FirstOrDefault(field => field.Value.Count != 1 || !s_knownFields.Contains(field.Key)).Key is { } name
            ? throw ErrorResponses.BadRequest($"Unknown or repeated field: {name}")
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
            // The reader limits the number and the length of fields; a token request has three short ones.
            throw ErrorResponses.BadRequest("The form has too many or too long fields");
        }
    }
}
