using System.Text.Json.Nodes;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>Who used which code when (contract section 6).</summary>
internal sealed class UsageEndpoints(StoreState state)
{
    private static readonly FilterFields Filters = new(new Dictionary<string, FilterField>
    {
        ["id"] = FilterField.Text("eq"),
        ["code"] = FilterField.Text("eq"),
        ["used_on"] = FilterField.Moment("gt", "ge", "lt", "le"),
    });

    private readonly UsageOperations _usages = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PromotionEndpoints.One + "/usages", ListAsync).WithMetadata(EndpointKind.UsageList);
        routes.MapGet(CodeEndpoints.One + "/usages", ListAsync).WithMetadata(EndpointKind.UsageList);
        routes.MapPost(PromotionEndpoints.Root + "/usages/anonymize", Anonymize).WithMetadata(EndpointKind.UsageAnonymize);
    }

    private Task ListAsync(HttpContext context)
    {
        Query query = Query.Read(context, state.Options.DefaultPageLength, Filters);
        string promotionId = context.PromotionId();
        string? code = context.Request.RouteValues.ContainsKey("code") ? context.PathPart("code") : null;
        IReadOnlyList<SandboxUsage> found =
            [.. _usages.List(promotionId, code).Where(usage => query.Filter.All(term => Passes(term, usage)))];
        return context.WritePageAsync(found, query, state.Options, UsageJson.Of);
    }

    private Task Anonymize(HttpContext context)
    {
        IReadOnlyList<SandboxUsage> usages = _usages.Anonymize(JsonBody.Read(context, data => data.Texts("usage_ids")));
        return JsonAnswer.WriteAsync(context, 200, new JsonObject { ["data"] = new JsonArray([.. usages.Select(UsageJson.Of)]) });
    }

    private static bool Passes(FilterTerm term, SandboxUsage usage) => term.Field switch
    {
        "id" => term.Matches(usage.Id.ToString()),
        "code" => usage.Code is { } code && term.MatchesAnyCase(code),
        _ => term.Matches(usage.UsedOn),
    };
}
