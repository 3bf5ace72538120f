using System.Text.Json.Nodes;
using EpPromo.Sandbox.Codes;
using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Usages;

/// <summary>The endpoints that list and anonymize the usages of codes (contract section 6).</summary>
internal sealed class UsageEndpoints(StoreState state)
{
    private static readonly FilterParser s_filterParser = new(new Dictionary<string, FilterField>
    {
        ["id"] = FilterField.Text("eq"),
        ["code"] = FilterField.Text("eq"),
        ["used_on"] = FilterField.Timestamp("gt", "ge", "lt", "le"),
    });

    private readonly UsageOperations _usages = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(PromotionEndpoints.ItemRoute + "/usages", ListAsync).WithMetadata(EndpointName.UsageList);
        routes.MapGet(CodeEndpoints.ItemRoute + "/usages", ListAsync).WithMetadata(EndpointName.UsageList);
        routes.MapPost(PromotionEndpoints.CollectionRoute + "/usages/anonymize", AnonymizeAsync).WithMetadata(EndpointName.UsageAnonymize);
    }

    private Task ListAsync(HttpContext context)
    {
        ListQuery query = ListQuery.Read(context, state.Options.DefaultPageLength, s_filterParser);
        string promotionId = context.PromotionId();
        string? code = context.Request.RouteValues.ContainsKey("code") ? context.RouteValue("code") : null;
        IReadOnlyList<SandboxUsage> found =
            [.. _usages.List(promotionId, code).Where(usage => query.Filter.All(term => Matches(term, usage)))];
        return context.WritePageAsync(found, query, state.Options, UsageResource.ToJson);
    }

    private Task AnonymizeAsync(HttpContext context)
    {
        IReadOnlyList<SandboxUsage> usages =
            _usages.Anonymize(JsonRequestBody.Read(context, data => data.StringArray("usage_ids")));
        return JsonResponse.WriteAsync(
            context, 200, new JsonObject { ["data"] = new JsonArray([.. usages.Select(UsageResource.ToJson)]) });
    }

    private static bool Matches(FilterTerm term, SandboxUsage usage) => term.Field switch
    {
        "id" => term.Matches(usage.Id.ToString()),
        "code" => usage.Code is { } code && term.MatchesIgnoringCase(code),
        _ => term.Matches(usage.UsedOn),
    };
}
