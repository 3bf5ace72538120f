using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults;

/// <summary>
/// Lists, adds and removes the fault rules of a running sandbox: GET, POST and DELETE /_sandbox/faults, and DELETE
/// /_sandbox/faults/{id}.
/// </summary>
internal sealed class FaultAdminEndpoint(FaultRules rules)
{
    public const string Route = "/_sandbox/faults";

    /// <exception cref="ErrorResponseException">400, 404, 405, 415.</exception>
    public Task InvokeAsync(HttpContext context) => (context.Request.Path.Value, context.Request.Method) switch
    {
        (Route, "GET") => ListAsync(context),
        (Route, "POST") => AddAsync(context),
        (Route, "DELETE") => RemoveAll(context),
        (Route, _) => throw ErrorResponses.MethodNotAllowed(),
        ({ } path, "DELETE") when path.StartsWith(Route + "/", StringComparison.Ordinal) => RemoveOne(context, path[(Route.Length + 1)..]),
        _ => throw ErrorResponses.NotFound("Route"),
    };

    private Task ListAsync(HttpContext context) =>
        JsonResponse.WriteAsync(context, 200, new JsonObject { ["data"] = new JsonArray([.. rules.All.Select(ToJson)]) });

    private async Task AddAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw ErrorResponses.UnsupportedMediaType();
        }

        int id;
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            id = rules.Add(FaultRuleParser.Parse([.. document.RootElement.EnumerateObject().Select(Field)]));
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            throw ErrorResponses.BadRequest(exception.Message);
        }

        await JsonResponse.WriteAsync(context, 201, new JsonObject { ["data"] = new JsonObject { ["id"] = id } });
    }

    private Task RemoveAll(HttpContext context)
    {
        rules.Clear();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task RemoveOne(HttpContext context, string id)
    {
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || !rules.Remove(number))
        {
            throw ErrorResponses.NotFound("Fault");
        }

        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    // Values may also be JSON numbers and Booleans.
    private static KeyValuePair<string, string> Field(JsonProperty field) => new(
        field.Name, field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() ?? "" : field.Value.GetRawText());

    private static JsonNode ToJson(ActiveFault fault) => new JsonObject
    {
        ["id"] = fault.Id,
        ["action"] = FaultRuleParser.KebabCase(fault.Rule.Action),
        ["endpoint"] = fault.Rule.Endpoint,
        ["method"] = fault.Rule.Method,
        ["path"] = fault.Rule.Path,
        ["matched"] = fault.Matched,

        // The name is part of the wire format.
        ["triggered"] = fault.Triggered,
    };
}
