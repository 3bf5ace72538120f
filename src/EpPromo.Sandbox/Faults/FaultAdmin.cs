using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults;

/// <summary>
/// GET, POST and DELETE of /_sandbox/faults, and DELETE of /_sandbox/faults/{id}: the faults of a running sandbox. Not part
/// of the API: it takes no token, counts for no limit, meets no faults, and is there for this machine alone.
/// </summary>
internal sealed class FaultAdmin(FaultRules rules)
{
    public const string Root = "/_sandbox";

    private const string Faults = Root + "/faults";

    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal);

    /// <exception cref="ApiError">400, 404, 405, 415.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } client || !IPAddress.IsLoopback(client))
        {
            throw ApiError.NotFound("Route");
        }

        return (context.Request.Path.Value, context.Request.Method) switch
        {
            (Faults, "GET") => ListAsync(context),
            (Faults, "POST") => AddAsync(context),
            (Faults, "DELETE") => RemoveAll(context),
            (Faults, _) => throw ApiError.MethodNotAllowed(),
            ({ } path, "DELETE") when path.StartsWith(Faults + "/", StringComparison.Ordinal) =>
                RemoveOne(context, path[(Faults.Length + 1)..]),
            _ => throw ApiError.NotFound("Route"),
        };
    }

    private Task ListAsync(HttpContext context) =>
        JsonAnswer.WriteAsync(context, 200, new JsonObject { ["data"] = new JsonArray([.. rules.All.Select(Json)]) });

    private async Task AddAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw ApiError.UnsupportedMediaType();
        }

        int id;
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            id = rules.Add(FaultText.Read([.. document.RootElement.EnumerateObject().Select(Field)]));
        }
        catch (Exception problem) when (problem is FormatException or JsonException or InvalidOperationException)
        {
            throw ApiError.BadRequest(problem.Message);
        }

        await JsonAnswer.WriteAsync(context, 201, new JsonObject { ["data"] = new JsonObject { ["id"] = id } });
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
            throw ApiError.NotFound("Fault");
        }

        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    // Numbers and flags may be written as such.
    private static KeyValuePair<string, string> Field(JsonProperty field) => new(
        field.Name, field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() ?? "" : field.Value.GetRawText());

    private static JsonNode Json(ActiveFault count) => new JsonObject
    {
        ["id"] = count.Id,
        ["action"] = FaultText.Kebab(count.Rule.Action),
        ["endpoint"] = count.Rule.Endpoint,
        ["method"] = count.Rule.Method,
        ["path"] = count.Rule.Path,
        ["matched"] = count.Matched,
        ["struck"] = count.Triggered,
    };
}
