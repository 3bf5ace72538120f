using System.Text.Json.Nodes;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>What the endpoints read out of a request.</summary>
internal static class Requests
{
    /// <summary>A part of the path, by its name in the route.</summary>
    public static string PathPart(this HttpContext context, string name) => (string?)context.GetRouteValue(name) ?? "";

    /// <summary>The promotion that the path names.</summary>
    public static string PromotionId(this HttpContext context) => context.PathPart("promotion");

    /// <summary>Answers a list request with one page of all that there is.</summary>
    public static Task WritePageAsync<T>(
        this HttpContext context, IReadOnlyList<T> all, Query query, SandboxOptions options, Func<T, JsonNode> json) =>
        context.WritePageAsync(all.Skip(query.Offset).Take(query.Limit), all.Count, query, options, json);

    /// <summary>Answers a list request with one page that has been picked already.</summary>
    public static Task WritePageAsync<T>(
        this HttpContext context,
        IEnumerable<T> page,
        int total,
        Query query,
        SandboxOptions options,
        Func<T, JsonNode> json) =>
        JsonAnswer.WriteAsync(
            context, 200, PageJson.Of(page.Select(json), total, query, context.Request.GetEncodedUrl(), options));
}
