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
        (string promotion, string? prefix, int count, int days) = await AdminRequestBody.ReadAsync(context, body => (
            body.NonBlankString("promotion", required: true) ?? "",
            body.String("prefix"),
            body.Integer("count", 1, MaxOrders) ?? 1,
            body.Integer("days", 0, MaxDays) ?? 0));
        int used = _shoppers.Order(promotion, prefix ?? "", count, days);
        await JsonResponse.WriteAsync(context, 201, new JsonObject { ["data"] = new JsonObject { ["used"] = used } });
    }
}
