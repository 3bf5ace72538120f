using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Usages;

/// <summary>
/// Lets shoppers use codes of a running sandbox: POST /_sandbox/usages with <c>promotion</c> (its name or id) and, optionally, the
/// <c>prefix</c> of the codes (or a whole code), the <c>count</c> of orders (1), and how many <c>days</c> back they were made (0).
/// </summary>
internal sealed class UsageAdminEndpoint(StoreState state)
{
    public const string Route = "/_sandbox/usages";

    private const int MaxOrders = 1_000_000;
    private const int MaxDays = 3650;

    private readonly Shoppers _shoppers = new(state);

    /// <exception cref="ErrorResponseException">400, 404, 405, 415.</exception>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Method != "POST")
        {
            throw ErrorResponses.MethodNotAllowed();
        }

        if (!context.Request.HasJsonContentType())
        {
            throw ErrorResponses.UnsupportedMediaType();
        }

        (string promotion, string? prefix, int count, int days) = await ReadAsync(context);
        int used = _shoppers.Order(promotion, prefix ?? "", count, days);
        await JsonResponse.WriteAsync(context, 201, new JsonObject { ["data"] = new JsonObject { ["used"] = used } });
    }

    private static async Task<(string Promotion, string? Prefix, int Count, int Days)> ReadAsync(HttpContext context)
    {
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var problems = new List<(string Pointer, string Detail)>();
            var body = new FieldReader(document.RootElement, "", problems);
            string? promotion = body.NonBlankString("promotion", required: true);
            string? prefix = body.String("prefix");
            int count = body.Integer("count", 1, MaxOrders) ?? 1;
            int days = body.Integer("days", 0, MaxDays) ?? 0;
            body.RejectUnknownFields();
            return problems.Count == 0 ? (promotion!, prefix, count, days) : throw ErrorResponses.InvalidFields(problems);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw ErrorResponses.BadRequest(exception.Message);
        }
    }
}
